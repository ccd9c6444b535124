-- One row for each patient and stretch of registration within the period. Events count where the
-- patient was registered on the day they happened, so that nobody is lost who moved, left or died.
WITH events AS (
  SELECT patient, admitted AS happened, 'admission' AS kind FROM admissions
  UNION ALL SELECT patient, readmitted, 'readmission' FROM readmissions
  UNION ALL SELECT patient, died, 'death' FROM deaths
  UNION ALL SELECT patient, attended, 'attendance' FROM attendances
  UNION ALL SELECT patient, breached, 'wait' FROM cancer_waits
  UNION ALL SELECT patient, tested, 'test' FROM hba1c_tests
),
counted AS (
  SELECT p.patient, p.valid_from,
         count_if(e.kind = 'admission') AS admissions,
         count_if(e.kind = 'readmission') AS readmissions,
         count_if(e.kind = 'death') AS deaths,
         count_if(e.kind = 'attendance') AS attendances,
         count_if(e.kind = 'wait') AS waits,
         count_if(e.kind = 'test') AS tests,
         min(CASE WHEN e.kind = 'death' THEN e.happened END) AS died
  FROM patient p
  JOIN events e
    ON e.patient = p.patient
   AND valid_on(p.valid_from, p.valid_to, e.happened)
   AND e.happened >= :start AND e.happened < :end
  GROUP BY p.patient, p.valid_from
)
SELECT p.patient,
       s.board,
       p.ethnic_group,
       p.sex,
       CAST(CAST(ceil(a.imd_decile / 2) AS INT) AS STRING) AS imd_quintile,
       CASE WHEN months_between(:index_date, p.born) < 120 THEN '0-9'
            WHEN months_between(:index_date, p.born) < 240 THEN '10-19'
            WHEN months_between(:index_date, p.born) < 360 THEN '20-29'
            WHEN months_between(:index_date, p.born) < 540 THEN '30-44'
            WHEN months_between(:index_date, p.born) < 720 THEN '45-59'
            WHEN months_between(:index_date, p.born) < 840 THEN '60-69'
            WHEN months_between(:index_date, p.born) < 960 THEN '70-79'
            WHEN p.born IS NOT NULL THEN '80+' END AS age_band,
       if(coalesce(c.admissions, 0) > 0, 'yes', 'no') AS admitted,
       if(coalesce(c.readmissions, 0) > 0, 'yes', 'no') AS readmitted,
       if(coalesce(c.deaths, 0) > 0, 'yes', 'no') AS died,
       if(coalesce(c.waits, 0) > 0, 'yes', 'no') AS waited,
       if(coalesce(c.tests, 0) > 0, 'yes', 'no') AS tested,
       coalesce(c.attendances, 0) AS attendances,
       person_years(p.valid_from, least(p.valid_to, c.died), :start, :end) AS years
FROM patient p
LEFT JOIN counted c ON c.patient = p.patient AND c.valid_from = p.valid_from
LEFT JOIN practice s
  ON s.practice = p.practice
 AND valid_on(s.valid_from, s.valid_to, greatest(p.valid_from, :start))
LEFT JOIN small_areas a ON a.lsoa = p.lsoa

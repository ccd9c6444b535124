package org.assay.expectations.readiness;

import static org.assay.expectations.readiness.ReasonCode.ALIASED;
import static org.assay.expectations.readiness.ReasonCode.COHORT_TOO_SMALL;
import static org.assay.expectations.readiness.ReasonCode.COUNTS_IMPOSSIBLE;
import static org.assay.expectations.readiness.ReasonCode.DISCONNECTED;
import static org.assay.expectations.readiness.ReasonCode.ENGINES_DISAGREE;
import static org.assay.expectations.readiness.ReasonCode.ESTIMATE_SHIFT;
import static org.assay.expectations.readiness.ReasonCode.ESTIMATE_UNBOUNDED;
import static org.assay.expectations.readiness.ReasonCode.EVENTS_TOO_FEW;
import static org.assay.expectations.readiness.ReasonCode.FACTOR_NOT_KNOWN;
import static org.assay.expectations.readiness.ReasonCode.FACTOR_OFTEN_NOT_KNOWN;
import static org.assay.expectations.readiness.ReasonCode.FACTOR_SINGLE_LEVEL;
import static org.assay.expectations.readiness.ReasonCode.FACTOR_UNUSABLE;
import static org.assay.expectations.readiness.ReasonCode.FEW_RESIDUAL_DF;
import static org.assay.expectations.readiness.ReasonCode.FIT_FAILED;
import static org.assay.expectations.readiness.ReasonCode.INTERACTION_LEFT_OUT;
import static org.assay.expectations.readiness.ReasonCode.LEVEL_ALL_EVENTS;
import static org.assay.expectations.readiness.ReasonCode.LEVEL_APPEARED;
import static org.assay.expectations.readiness.ReasonCode.LEVEL_EMPTY;
import static org.assay.expectations.readiness.ReasonCode.LEVEL_MOVED;
import static org.assay.expectations.readiness.ReasonCode.LEVEL_NOT_KNOWN;
import static org.assay.expectations.readiness.ReasonCode.LEVEL_NO_EVENTS;
import static org.assay.expectations.readiness.ReasonCode.LEVEL_TOO_SMALL;
import static org.assay.expectations.readiness.ReasonCode.LEVEL_UNLISTED;
import static org.assay.expectations.readiness.ReasonCode.LEVEL_VANISHED;
import static org.assay.expectations.readiness.ReasonCode.LOW_EPV;
import static org.assay.expectations.readiness.ReasonCode.NOT_ESTIMABLE;
import static org.assay.expectations.readiness.ReasonCode.NOT_KNOWN_MOVED;
import static org.assay.expectations.readiness.ReasonCode.OUTCOME_CONSTANT;
import static org.assay.expectations.readiness.ReasonCode.OUTCOME_NOT_KNOWN;
import static org.assay.expectations.readiness.ReasonCode.OUTCOME_OFTEN_NOT_KNOWN;
import static org.assay.expectations.readiness.ReasonCode.OVERDISPERSED;
import static org.assay.expectations.readiness.ReasonCode.PEOPLE_REPEATED;
import static org.assay.expectations.readiness.ReasonCode.RATE_MOVED;
import static org.assay.expectations.readiness.ReasonCode.REFERENCE_FALLBACK;
import static org.assay.expectations.readiness.ReasonCode.REFERENCE_MISSING;
import static org.assay.expectations.readiness.ReasonCode.REGION_MISSING;
import static org.assay.expectations.readiness.ReasonCode.REGION_UNKNOWN;
import static org.assay.expectations.readiness.ReasonCode.REGION_UNLISTED;
import static org.assay.expectations.readiness.ReasonCode.SATURATED;
import static org.assay.expectations.readiness.ReasonCode.SCORE_NOT_ZERO;
import static org.assay.expectations.readiness.ReasonCode.SEPARATED;
import static org.assay.expectations.readiness.ReasonCode.SEPARATED_PENALISED;
import static org.assay.expectations.readiness.ReasonCode.SHARES_CHANGED;
import static org.assay.expectations.readiness.ReasonCode.SHARES_MOVED;
import static org.assay.expectations.readiness.ReasonCode.SIZE_CHANGED;
import static org.assay.expectations.readiness.ReasonCode.SIZE_MOVED;

import java.util.List;

/** The questions that are asked of a region; the page of guards is written from them. */
public enum Guard {
  G01(
      "Is it a region?",
      "A region that is null, blank or spelled like a null is no region, and one that is not in the"
          + " list of regions may be a misspelling: its people would be missing where they belong.",
      "The incident this product was made after: a region called null with one patient.",
      List.of("populations.<name>.region.list", "populations.<name>.region.refuse_above"),
      List.of(REGION_UNKNOWN, REGION_UNLISTED)),
  G02(
      "Did every region come?",
      "A region that is missing is easily overlooked: all that is left looks sound. Regions merge and"
          + " change, so the list counts as of a day.",
      "ICB mergers of April 2026 (opendata.nhsbsa.net/news/icb-mergers-april-2026).",
      List.of("populations.<name>.region.list"),
      List.of(REGION_MISSING)),
  G03(
      "Are as many people there as last time?",
      "Half a delivery is a delivery that looks whole.",
      "Master datasets are append-only: they do not shrink.",
      List.of("readiness.size_change", "readiness.max_total_drop"),
      List.of(SIZE_CHANGED, SIZE_MOVED)),
  G04(
      "Are the outcomes known, and possible?",
      "People whose outcome is not known are in no cell; where they are many, those who are left may"
          + " not stand for them. More events than people cannot be.",
      "RECORD statement, item 19.1 (missing data).",
      List.of("readiness.outcome_not_known"),
      List.of(COUNTS_IMPOSSIBLE, OUTCOME_NOT_KNOWN, OUTCOME_OFTEN_NOT_KNOWN)),
  G05(
      "Are there cells without people?",
      "They say nothing, and Spark would count them as data: the degrees of freedom would be wrong."
          + " They are not kept.",
      "GeneralizedLinearRegression counts rows of weight 0.",
      List.of(),
      List.of()),
  G06(
      "Are there enough people?",
      "Few people tell little, and may be recognised.",
      "ACRO takes 10 as the least (AI-SDC, acro/default.yaml).",
      List.of("readiness.min_cohort"),
      List.of(COHORT_TOO_SMALL)),
  G07(
      "Did some have the outcome, and some not?",
      "Where all are alike there is no difference to measure.",
      "Albert and Anderson (1984), Biometrika 71.",
      List.of(),
      List.of(OUTCOME_CONSTANT)),
  G08(
      "Are there enough events for so many coefficients?",
      "With few events for each coefficient, estimates lie too far from the truth and their errors are"
          + " too small. Ten is a habit without firm ground; below four trouble begins.",
      "van Smeden et al. (2016), BMC Medical Research Methodology 16:163; Vittinghoff and McCulloch"
          + " (2007), American Journal of Epidemiology 165.",
      List.of("readiness.events_per_term"),
      List.of(EVENTS_TOO_FEW, LOW_EPV)),
  G09(
      "Has each factor two levels?",
      "A factor with one level divides nobody; encoding it throws, or fits nonsense in silence.",
      "OneHotEncoder: \"should have at least two distinct values\".",
      List.of("populations.<name>.factors[].interest"),
      List.of(FACTOR_SINGLE_LEVEL, FACTOR_UNUSABLE, NOT_ESTIMABLE)),
  G10(
      "Has each level enough people?",
      "A level of a few people has no estimate worth having. It is counted with the level that is"
          + " configured, or left out; never in silence with the reference.",
      "NHS England's disclosure control suppresses 1 to 7.",
      List.of("readiness.min_level", "populations.<name>.factors[].sparse.merge_into"),
      List.of(LEVEL_TOO_SMALL, LEVEL_EMPTY)),
  G11(
      "Has each level both outcomes?",
      "Where nobody or everybody in a level had the outcome its odds ratio is infinite, whatever number"
          + " a program prints. Without the level's people the others are estimated as they would be.",
      "Albert and Anderson (1984), Biometrika 71.",
      List.of("populations.<name>.factors[].sparse.merge_into"),
      List.of(LEVEL_NO_EVENTS, LEVEL_ALL_EVENTS)),
  G12(
      "Is anybody in the reference level?",
      "All levels are compared with it; another reference makes another number of each. It is taken"
          + " only where it is configured, and told.",
      "SPARK-20619: the reference must not follow from frequencies.",
      List.of("populations.<name>.factors[].reference_fallback"),
      List.of(REFERENCE_MISSING, REFERENCE_FALLBACK)),
  G13(
      "Can the coefficients be told apart?",
      "A factor that follows from another has no coefficient of its own: Spark loses all standard"
          + " errors over it, or gives errors in the millions. A factor that says what others say is"
          + " left out, the cohort's own last; so is an interaction of which some combination has nobody;"
          + " levels that no people connect hold the region.",
      "Rank of the design over its cells, by the sweep operator: Goodnight (1979), The American"
          + " Statistician 33.",
      List.of("populations.<name>.factors[].interest"),
      List.of(ALIASED, DISCONNECTED, INTERACTION_LEFT_OUT)),
  G14(
      "Do levels together decide the outcome?",
      "Then some estimate is infinite although each level has both outcomes, and R says that it"
          + " converged. Decided exactly, by the rank of cells with both outcomes, the signs of one"
          + " vector, or a linear programme. A model with method = firth is fitted even so.",
      "Albert and Anderson (1984), Biometrika 71; Konis (2007), DPhil thesis, Oxford.",
      List.of("cohorts.<name>.models.<name>.method"),
      List.of(SEPARATED, SEPARATED_PENALISED)),
  G15(
      "Are there more groups of people than coefficients?",
      "A model with as many coefficients as cells repeats its data; with a few more it nearly does, and"
          + " single groups can be seen in it.",
      "ACRO's safe_dof_threshold is 10.",
      List.of("readiness.min_residual_df"),
      List.of(SATURATED, FEW_RESIDUAL_DF)),
  G16(
      "Did the fit end well?",
      "A fit that did not converge, or coefficients and errors beyond all reason, are no estimates. Two"
          + " engines must find the same.",
      "Lesaffre and Albert (1989), JRSS B 51.",
      List.of("readiness.max_estimate", "readiness.max_std_error"),
      List.of(FIT_FAILED, ENGINES_DISAGREE, ESTIMATE_UNBOUNDED)),
  G17(
      "Are fitted and observed events of each level equal?",
      "That is what makes an estimate the maximum-likelihood one: the cheapest proof that whatever"
          + " fitted it did. Where they are not, the engine is at fault and no region of the cohort is"
          + " believed: it keeps its last result, and the run ends with exit code 3.",
      "The score equations of a canonical link: McCullagh and Nelder (1989), section 2.5.",
      List.of(),
      List.of(SCORE_NOT_ZERO)),
  G18(
      "Do the groups scatter as the model allows?",
      "Where they scatter more, standard errors are too small; an interaction may be missing.",
      "Pearson's X² over its degrees of freedom: McCullagh and Nelder (1989), section 4.5.",
      List.of("readiness.max_dispersion"),
      List.of(OVERDISPERSED)),
  G19(
      "Is the factor of interest known?",
      "People whose ethnicity is not known are in no group; where they are many, or suddenly more, the"
          + " groups are not what they were.",
      "NHS England's statement on information on health inequalities asks for the not known.",
      List.of(
          "readiness.not_known",
          "readiness.not_known_change",
          "populations.<name>.factors[].not_known"),
      List.of(FACTOR_NOT_KNOWN, FACTOR_OFTEN_NOT_KNOWN, NOT_KNOWN_MOVED, LEVEL_NOT_KNOWN)),
  G20(
      "Are the people who they were?",
      "A mapping that changed, or levels that were reversed, leave every rule satisfied; only the"
          + " shares and the rate give it away.",
      "Total variation distance and the population stability index (Siddiqi 2006, Credit Risk"
          + " Scorecards).",
      List.of(
          "readiness.share_change",
          "readiness.stability_index",
          "readiness.level_change",
          "readiness.rate_change"),
      List.of(
          SHARES_CHANGED, SHARES_MOVED, LEVEL_MOVED, LEVEL_APPEARED, LEVEL_VANISHED, RATE_MOVED)),
  G21(
      "Is every level one that is listed?",
      "A level that nobody declared is left out and told; it never extends the design by itself.",
      "pydata/patsy#110: unseen levels become zeros in silence.",
      List.of("populations.<name>.factors[].levels"),
      List.of(LEVEL_UNLISTED)),
  G22(
      "Are coefficients applied to the levels they were estimated for?",
      "Each fit keeps a digest of its factors, references and levels; coefficients of another digest mean"
          + " something else.",
      "model_fits.design.",
      List.of(),
      List.of()),
  G23(
      "Is each person counted once?",
      "Standard errors take each row for another person.",
      "STROBE: each participant once; the flow tells how many rows repeat a person.",
      List.of(
          "populations.<name>.person",
          "populations.<name>.repeats",
          "populations.<name>.one_per_person"),
      List.of(PEOPLE_REPEATED)),
  G24(
      "Are the coefficients what they were?",
      "The same people, nearly, cannot give another answer; where they do, what their columns mean has"
          + " changed.",
      "The distance is taken in standard errors of the difference.",
      List.of("readiness.max_shift"),
      List.of(ESTIMATE_SHIFT));

  private final String question;
  private final String why;
  private final String source;
  private final List<String> settings;
  private final List<ReasonCode> codes;

  Guard(String question, String why, String source, List<String> settings, List<ReasonCode> codes) {
    this.question = question;
    this.why = why;
    this.source = source;
    this.settings = settings;
    this.codes = codes;
  }

  /** What it asks. */
  public String question() {
    return question;
  }

  /** Why it is asked. */
  public String why() {
    return why;
  }

  /** Where the question or its figure comes from. */
  public String source() {
    return source;
  }

  /** The keys of the configuration that change it. */
  public List<String> settings() {
    return settings;
  }

  /** What it may say. */
  public List<ReasonCode> codes() {
    return codes;
  }
}

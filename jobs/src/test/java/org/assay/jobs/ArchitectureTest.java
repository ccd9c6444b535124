package org.assay.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the house, and what may be imported where. */
@AnalyzeClasses(packages = "org.assay", importOptions = ArchitectureTest.OnlyTheProduct.class)
class ArchitectureTest {
  /** Neither tests nor the fixtures that they share as a jar. */
  static final class OnlyTheProduct implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return new DoNotIncludeTests().includes(location) && !location.contains("-tests.jar");
    }
  }

  private static final String[] KERNEL = {
    "org.assay.common.cells..",
    "org.assay.expectations.readiness..",
    "org.assay.gold.glm..",
    "org.assay.gold.inference..",
    "org.assay.gold.inequality..",
    "org.assay.gold.disclosure.."
  };

  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("common")
          .definedBy("org.assay.common..")
          .layer("expectations")
          .definedBy("org.assay.expectations..")
          .layer("bronze")
          .definedBy("org.assay.bronze..")
          .layer("silver")
          .definedBy("org.assay.silver..")
          .layer("gold")
          .definedBy("org.assay.gold..")
          .layer("jobs")
          .definedBy("org.assay.jobs..")
          .whereLayer("jobs")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("gold")
          .mayOnlyBeAccessedByLayers("jobs")
          .whereLayer("silver")
          .mayOnlyBeAccessedByLayers("jobs")
          .whereLayer("bronze")
          .mayOnlyBeAccessedByLayers("jobs")
          .whereLayer("expectations")
          .mayOnlyBeAccessedByLayers("silver", "gold", "jobs");

  @ArchTest
  static final ArchRule onlyDoorsAndSettingsOfLayersAreImported =
      noClasses()
          .that()
          .resideInAPackage("org.assay.jobs..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.assay.bronze.*..", "org.assay.silver.*..", "org.assay.gold.*..");

  @ArchTest
  static final ArchRule theStatisticalKernelIsPlainJava =
      noClasses()
          .that()
          .resideInAnyPackage(KERNEL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..",
              "io.delta..",
              "com.amazon.deequ..",
              "scala..",
              "org.apache.hadoop..");

  @ArchTest
  static final ArchRule deltaIsKnownInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.assay.common.delta..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..");

  @ArchTest
  static final ArchRule deequIsKnownInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.assay.expectations.deequ..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.amazon.deequ..");

  @ArchTest
  static final ArchRule sparkMlIsKnownInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.assay.gold.mllib..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark.ml..");

  @ArchTest
  static final ArchRule typesafeConfigIsKnownInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.assay.common.config..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.typesafe.config..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.assay.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodyPrintsOrExitsButTheCommandLine =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.assay.jobs.Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  /** Some names are what picocli and Hadoop ask for. */
  @ArchTest
  static final ArchRule methodsHaveNoGetPrefix =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("org.assay..")
          .should()
          .haveNameMatching("get(?!Version$|UriDefaultPort$|FileLinkStatus$)[A-Z].*");
}

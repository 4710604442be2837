package io.hongbao.standalone;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds the modules apart, beyond what Maven's scopes can say.
final class ArchitectureTest {

  private static final String ROOT = "io.hongbao";
  private static final List<String> SERVICES =
      List.of(
          ROOT + ".message..",
          ROOT + ".push..",
          ROOT + ".redpacket..",
          ROOT + ".media..",
          ROOT + ".gateway..");

  /// Names that say that no noun was found.
  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Manager|Utils?|Helper|Impl|Base|D[Tt][Oo]|VO|PO|BO)|Base[A-Z].*");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/remote/proto/")) // generated
          .importPackages(ROOT);

  @Test
  void seesEveryModule() {
    assertThat(CLASSES)
        .extracting(type -> type.getPackageName().split("\\.", -1)[2])
        .contains(
            "common", "embedded", "message", "push", "redpacket", "media", "gateway", "standalone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "push", "redpacket", "media", "gateway"})
  void aServiceKnowsNoOtherService(String service) {
    String own = ROOT + "." + service + "..";
    noClasses()
        .that()
        .resideInAPackage(own)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            SERVICES.stream().filter(other -> !other.equals(own)).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void commonKnowsNoneOfOurOtherModules() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".common..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are in our other modules",
                type ->
                    type.getPackageName().startsWith(ROOT + ".")
                        && !type.getPackageName().startsWith(ROOT + ".common.")))
        .check(CLASSES);
  }

  @Test
  void onlyTheGatewayAndTheContractsWireKnowNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".gateway..", ROOT + ".common.remote..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(CLASSES);
  }

  @Test
  void onlyTheContractsWireKnowsGrpc() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".common.remote..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "com.google.protobuf..", ROOT + ".common.remote.proto..")
        .check(CLASSES);
  }

  @Test
  void onlyStandaloneAndBenchmarksStartTheEmbeddedServers() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".embedded..", ROOT + ".standalone..", ROOT + ".benchmarks..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".embedded..")
        .check(CLASSES);
  }

  /// Mappers, and statements that a mapper has made for it (`…Sql`).
  @Test
  void onlyMappersKnowSql() {
    classes()
        .that(
            DescribedPredicate.describe(
                "use MyBatis annotations",
                type ->
                    type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(
                            dependency ->
                                dependency
                                    .getTargetClass()
                                    .getPackageName()
                                    .equals("org.apache.ibatis.annotations"))))
        .should()
        .haveSimpleNameEndingWith("Mapper")
        .orShould()
        .haveSimpleNameEndingWith("Sql")
        .check(CLASSES);
  }

  /// That there are failures of SQL may be known everywhere.
  @Test
  void onlyTheLogsAppendsGoPastTheMappers() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".common.sql..", ROOT + ".embedded..", ROOT + ".benchmarks..")
        .and()
        .doNotHaveSimpleName("EntryInsert")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".standalone.doctor.MySqlCheck")
        .and(
            DescribedPredicate.not(
                DescribedPredicate.describe(
                    "try the operator's own database at the start",
                    type -> type.getFullName().equals(ROOT + ".standalone.MySqlLogin"))))
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "it is JDBC",
                access ->
                    access.getTargetOwner().getPackageName().matches("javax?\\.sql")
                        && !access.getTargetOwner().isAssignableTo(Throwable.class)))
        .check(CLASSES);
  }

  @Test
  void noNameIsEmpty() {
    assertThat(CLASSES)
        .extracting(JavaClass::getSimpleName)
        .filteredOn(name -> EMPTY_NAME.matcher(name).matches())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"common", "embedded"})
  void packagesOfAModuleDependInOneDirection(String module) {
    slices().matching(ROOT + "." + module + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void classesAreFinal() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("package-info")))
        .should(beFinal())
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatMayBeNull() {
    assertThat(CLASSES)
        .extracting(JavaClass::getPackage)
        .filteredOn(it -> !it.isAnnotatedWith(NullMarked.class))
        .isEmpty();
  }

  @Test
  void onlyTheProgramsPrint() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Main")
        .and()
        .resideOutsideOfPackage(ROOT + ".benchmarks..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}

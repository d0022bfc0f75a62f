/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** Checks the architectural rules of the engine that a machine can check. */
class EngineLawsTest
{
    private static final String ENGINE = "io.caracal.engine";
    private static final String CODECS = "io.caracal.engine..codec";

    /** The level of each package. A package may import only from lower levels. A new package needs an entry here. */
    private static final Map<String, Integer> LEVELS = Map.ofEntries(Map.entry(ENGINE, -1),
        Map.entry(ENGINE + ".port", 0), Map.entry(ENGINE + ".memory", 0), Map.entry(ENGINE + ".protocol", 0),
        Map.entry(ENGINE + ".txn", 0), Map.entry(ENGINE + ".throttle", 0), Map.entry(ENGINE + ".tree", 1),
        Map.entry(ENGINE + ".session", 1), Map.entry(ENGINE + ".zab", 1), Map.entry(ENGINE + ".acl", 2),
        Map.entry(ENGINE + ".watch", 2), Map.entry(ENGINE + ".quota", 2), Map.entry(ENGINE + ".zab.election", 2),
        Map.entry(ENGINE + ".zab.discovery", 2), Map.entry(ENGINE + ".zab.sync", 2),
        Map.entry(ENGINE + ".zab.broadcast", 2), Map.entry(ENGINE + ".prepare", 3), Map.entry(ENGINE + ".apply", 3),
        Map.entry(ENGINE + ".snapshot", 2), Map.entry(ENGINE + ".client", 4), Map.entry(ENGINE + ".node", 5));

    /** Methods whose results differ between runs, machines or processes. */
    private static final List<String> FORBIDDEN_METHODS = List.of("java.lang.System.currentTimeMillis",
        "java.lang.System.nanoTime", "java.lang.System.getProperty", "java.lang.System.getProperties",
        "java.lang.System.getenv", "java.lang.System.identityHashCode", "java.lang.System.exit",
        "java.lang.Integer.getInteger", "java.lang.Long.getLong", "java.lang.Boolean.getBoolean",
        "java.lang.Math.random", "java.lang.String.format", "java.lang.String.formatted",
        "java.lang.Object.wait", "java.lang.Object.notify", "java.lang.Object.notifyAll", "java.util.Map.of",
        "java.util.Map.ofEntries", "java.util.Map.copyOf", "java.util.Set.of", "java.util.Set.copyOf",
        "java.util.stream.Collectors.toSet", "java.util.stream.Collectors.toMap",
        "java.util.stream.Collectors.toUnmodifiableSet", "java.util.stream.Collectors.toUnmodifiableMap",
        "java.util.stream.Collectors.groupingBy", "java.nio.ByteBuffer.allocateDirect",
        "org.agrona.BufferUtil.allocateDirectAligned");

    private static final JavaClasses MAIN = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(location -> !location.contains("/codec/")).importPackages(ENGINE);

    private static final JavaClasses TESTS = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages(ENGINE);

    @Test
    void shouldDependOnAgronaOnly()
    {
        classes().should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "javax.crypto..", "org.agrona..", ENGINE + ".."))
            .check(MAIN);
    }

    @Test
    void shouldTouchNeitherFilesNorSocketsNorThreads()
    {
        noClasses().should()
            .dependOnClassesThat(resideInAnyPackage("java.io..", "java.net..", "java.nio.channels..", "java.nio.file..",
                "java.util.concurrent..", "java.util.logging..", "org.agrona.nio..", "org.agrona.concurrent.status..")
                .and(not(type(TimeUnit.class))))
            .check(MAIN);
        noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.lang.Thread").orShould()
            .dependOnClassesThat().haveFullyQualifiedName("java.lang.ThreadLocal").orShould().dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Runtime").orShould().dependOnClassesThat()
            .haveFullyQualifiedName("org.agrona.IoUtil").orShould().dependOnClassesThat()
            .haveFullyQualifiedName("org.agrona.concurrent.AgentRunner").check(MAIN);
        fields().should().notHaveModifier(JavaModifier.VOLATILE).check(MAIN);
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(MAIN);
    }

    @Test
    void shouldReadNoClockNoChanceAndNoOrderByIdentity()
    {
        noClasses().should()
            .dependOnClassesThat(resideInAnyPackage("java.time..", "java.text..", "java.util.random..")).check(MAIN);
        for (final String name : List.of("java.util.Random", "java.util.SplittableRandom",
            "java.security.SecureRandom", "java.util.UUID", "java.util.Date", "java.util.Calendar", "java.util.Timer",
            "java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap", "java.util.WeakHashMap",
            "java.util.Locale", "java.util.Formatter"))
        {
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName(name).check(MAIN);
        }
        noClasses().should()
            .dependOnClassesThat(resideInAPackage("org.agrona.concurrent")
                .and(com.tngtech.archunit.base.DescribedPredicate.describe("a clock",
                    target -> target.getSimpleName().endsWith("Clock"))))
            .check(MAIN);
        assertEquals(List.of(), forbiddenCalls());
    }

    private static List<String> forbiddenCalls()
    {
        final TreeSet<String> calls = new TreeSet<>();
        for (final JavaClass each : MAIN)
        {
            for (final JavaAccess<?> access : each.getAccessesFromSelf())
            {
                final String method = access.getTargetOwner().getName() + "." + access.getName();
                if (FORBIDDEN_METHODS.contains(method))
                {
                    calls.add(access.getDescription());
                }
            }
        }

        return List.copyOf(calls);
    }

    @Test
    void shouldTakeNativeMemoryFromTheLedgerOnly()
    {
        noClasses().that().resideOutsideOfPackage(ENGINE + ".memory").should().dependOnClassesThat()
            .haveFullyQualifiedName("org.agrona.UnsafeApi").check(MAIN);
        for (final String name : List.of("org.agrona.ExpandableDirectByteBuffer", "sun.misc.Unsafe"))
        {
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName(name).check(MAIN);
        }
    }

    @Test
    void shouldCheckCredentialsInTwoPlacesOnly()
    {
        noClasses().that(resideInAnyPackage(ENGINE + "..").and(not(resideInAnyPackage(ENGINE + ".acl",
            ENGINE + ".session")))).should().dependOnClassesThat(resideInAnyPackage("java.security..",
                "javax.crypto.."))
            .check(MAIN);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages()
    {
        slices().matching(ENGINE + ".(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void shouldImportDownwardsOnly()
    {
        final TreeSet<String> violations = new TreeSet<>();
        for (final JavaClass each : MAIN)
        {
            final Integer level = LEVELS.get(each.getPackageName());
            if (level == null)
            {
                violations.add("package " + each.getPackageName() + " has no level");
                continue;
            }
            for (final Dependency dependency : each.getDirectDependenciesFromSelf())
            {
                final JavaClass target = dependency.getTargetClass().getBaseComponentType();
                final Integer targetLevel = LEVELS.get(target.getPackageName());
                if (targetLevel != null && targetLevel >= level &&
                    !target.getPackageName().equals(each.getPackageName()))
                {
                    violations.add(each.getName() + " imports " + target.getName());
                }
            }
        }
        assertEquals(List.of(), List.copyOf(violations));
    }

    @Test
    void shouldKeepBroadcastBlindToWhatItCarries()
    {
        noClasses().that().resideInAPackage(ENGINE + ".zab..").should()
            .dependOnClassesThat(resideInAnyPackage(ENGINE + ".txn..", ENGINE + ".tree..", ENGINE + ".protocol.."))
            .check(MAIN);
    }

    @Test
    void shouldKeepPortsFreeOfTheEngine()
    {
        classes().that().resideInAPackage(ENGINE + ".port").should()
            .onlyDependOnClassesThat(resideInAnyPackage("java.lang..", "org.agrona", ENGINE + ".port")).check(MAIN);
        noClasses().that().resideInAPackage(ENGINE + ".port").should()
            .dependOnClassesThat(resideInAnyPackage(CODECS)).check(MAIN);
    }

    @Test
    void shouldNameTestsByWhatShouldBeAndNeverSleep()
    {
        assertFalse(TESTS.isEmpty());
        methods().that().areAnnotatedWith(Test.class).or().areAnnotatedWith(ParameterizedTest.class).or()
            .areAnnotatedWith(RepeatedTest.class).or().areAnnotatedWith(TestFactory.class).or()
            .areAnnotatedWith("com.code_intelligence.jazzer.junit.FuzzTest").should()
            .haveNameMatching("should[A-Z].*").check(TESTS);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).orShould()
            .callMethod(TimeUnit.class, "sleep", long.class).check(TESTS);
        noClasses().should().dependOnClassesThat(resideInAnyPackage("org.mockito..", "org.easymock..", "io.mockk.."))
            .check(TESTS);
    }

    @Test
    void shouldNotUseNamesThatSayNothing()
    {
        classes().that().areTopLevelClasses().should()
            .haveNameNotMatching(".*(Manager|Helper|Utils?|Impl|Processor|Service|Data|Info)").check(MAIN);
        classes().that().areTopLevelClasses().should().haveNameNotMatching(".*\\.Abstract\\w*").check(MAIN);
    }
}

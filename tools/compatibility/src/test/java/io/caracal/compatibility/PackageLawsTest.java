/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A law of all modules together. It is here because this module is built after the others. */
class PackageLawsTest
{
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("engine", "transport", "journal", "tools/simulator",
        "tools/server", "tools/shell", "bench");

    @Test
    void shouldHaveNoCyclesBetweenPackages()
    {
        final JavaClasses classes = new ClassFileImporter().importPaths(MODULES.stream()
            .map(module -> ROOT.resolve(module).resolve("target/classes")).toList());

        for (final String module : MODULES)
        {
            final String topmost = "io.caracal." + module.substring(module.lastIndexOf('/') + 1);
            assertTrue(classes.stream().anyMatch(each -> each.getPackageName().startsWith(topmost)),
                () -> module + " is not built");
        }
        slices().assignedFrom(new EachPackage()).should().beFreeOfCycles().check(classes);
    }

    /** Makes every package a slice, also the topmost one of a module. */
    private static final class EachPackage implements SliceAssignment
    {
        @Override
        public SliceIdentifier getIdentifierOf(final JavaClass each)
        {
            return each.getPackageName().startsWith("io.caracal.") ? SliceIdentifier.of(each.getPackageName()) :
                SliceIdentifier.ignore();
        }

        @Override
        public String getDescription()
        {
            return "each package of Caracal";
        }
    }
}

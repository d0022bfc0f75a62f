/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

class PackageLawsTest
{
    private static final String MODULE = "io.caracal.bench";

    @Test
    void shouldHaveNoCyclesBetweenPackages()
    {
        slices().assignedFrom(new EachPackage()).should().beFreeOfCycles().check(new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(MODULE));
    }

    /** Makes every package a slice, also the topmost one. */
    private static final class EachPackage implements SliceAssignment
    {
        @Override
        public SliceIdentifier getIdentifierOf(final JavaClass each)
        {
            return SliceIdentifier.of(each.getPackageName());
        }

        @Override
        public String getDescription()
        {
            return "each package of " + MODULE;
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.mutant;

import io.caracal.simulator.mutant.MutantsContract;
import java.nio.file.Path;

/**
 * Checks that contracts and crash images find planted bugs; otherwise they would prove nothing. The mutants run one
 * after the other, because their files are real.
 */
class JournalMutantsTest extends MutantsContract
{
    JournalMutantsTest()
    {
        super(1, Path.of("src/main/java"));
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.mutant;

import io.caracal.simulator.mutant.MutantsContract;
import java.nio.file.Path;

/** Contracts and crash images that find no planted bug prove nothing. One after the other, as their files are real. */
class JournalMutantsTest extends MutantsContract
{
    JournalMutantsTest()
    {
        super(1, Path.of("src/main/java"));
    }
}

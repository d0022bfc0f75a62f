/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import java.nio.file.Path;

/** A simulator that finds no planted bug proves nothing. The table in the README shows what each hunt found. */
class MutantsTest extends MutantsContract
{
    MutantsTest()
    {
        super(Runtime.getRuntime().availableProcessors(), Path.of("../../engine/src/main/java"),
            Path.of("src/main/java"));
    }
}

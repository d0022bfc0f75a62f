/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.mutant;

import io.caracal.simulator.mutant.MutantsContract;
import java.nio.file.Path;

/** A contract that finds no planted bug proves nothing. One after the other, as their sockets are real. */
class TransportMutantsTest extends MutantsContract
{
    TransportMutantsTest()
    {
        super(1, Path.of("src/main/java"));
    }
}

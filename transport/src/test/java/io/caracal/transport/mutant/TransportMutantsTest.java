/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.mutant;

import io.caracal.simulator.mutant.MutantsContract;
import java.nio.file.Path;

/**
 * Checks that the contract finds planted bugs; otherwise it would prove nothing. The mutants run one after the other,
 * because their sockets are real.
 */
class TransportMutantsTest extends MutantsContract
{
    TransportMutantsTest()
    {
        super(1, Path.of("src/main/java"));
    }
}

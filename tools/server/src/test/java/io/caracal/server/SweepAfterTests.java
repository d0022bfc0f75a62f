/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.metrics.RuntimeSweep;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Removes what servers that tests have killed left in shared memory, once their directories are gone. */
public final class SweepAfterTests implements TestExecutionListener
{
    @Override
    public void testPlanExecutionFinished(final TestPlan plan)
    {
        RuntimeSweep.run();
    }
}

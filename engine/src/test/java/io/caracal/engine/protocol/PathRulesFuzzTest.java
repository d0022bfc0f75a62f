/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.agrona.concurrent.UnsafeBuffer;

class PathRulesFuzzTest
{
    @FuzzTest(maxDuration = "20s", maxExecutions = 60_000)
    void shouldAgreeWithReference(final byte[] path)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(path);
        final boolean isValid = PathRules.isValid(buffer, 0, path.length);

        assertEquals(PathRulesReference.isValid(path), isValid);
        assertTrue(!isValid || PathRules.isSeparable(buffer, 0, path.length), "what is valid is separable");
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.engine.BrokenInvariantException;
import org.junit.jupiter.api.Test;

class DigestHistoryTest
{
    private final DigestHistory history = new DigestHistory(true);

    @Test
    void shouldFindADifferenceRightAfterTheSameZxidAgreed()
    {
        history.onApplied(1, 11);
        history.onApplied(2, 22);
        assertDoesNotThrow(() -> history.compare(2, 22));
        assertDoesNotThrow(() -> history.compare(2, 22));
        assertThrows(BrokenInvariantException.class, () -> history.compare(2, 11));
        assertThrows(BrokenInvariantException.class, () -> history.compare(1, 22));
    }

    @Test
    void shouldForgetWhatAgreedWhenTheStateIsReplaced()
    {
        history.onApplied(2, 22);
        history.compare(2, 22);
        history.restart(2, 33);
        assertThrows(BrokenInvariantException.class, () -> history.compare(2, 22));
    }

    @Test
    void shouldNotJudgeWhatItDoesNotKnow()
    {
        history.onApplied(2, 22);
        assertDoesNotThrow(() -> history.compare(1, 11));
        assertDoesNotThrow(() -> history.compare(3, 33));
    }
}

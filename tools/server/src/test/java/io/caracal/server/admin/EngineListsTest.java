/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.operator.codec.EphemeralRecordEncoder;
import io.caracal.engine.operator.codec.MessageHeaderEncoder;
import io.caracal.engine.port.OperatorHandler;
import io.caracal.engine.port.OperatorPort;
import io.caracal.engine.port.OperatorQuery;
import io.caracal.server.words.OperatorBridge;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lists of a loop that has as many ephemerals as a test wants, with the longest paths that clients can choose. */
class EngineListsTest
{
    private static final int PATH_LENGTH = 1 << 20;
    private static final long SESSION = 7;

    private final Loop loop = new Loop();
    private final OperatorBridge bridge = new OperatorBridge(() -> loop.turn(), () ->
    {
    });
    private final EngineLists lists = new EngineLists(new EngineReader(bridge));

    /** A loop that turns on the thread that wakes it. */
    private final class Loop implements OperatorHandler
    {
        private final ExpandableArrayBuffer record = new ExpandableArrayBuffer();
        private final int length = new EphemeralRecordEncoder().wrapAndApplyHeader(record, 0,
            new MessageHeaderEncoder()).sessionId(SESSION).putPath(new byte[PATH_LENGTH], 0, PATH_LENGTH).limit();
        private long answered;
        private int left;

        private void turn()
        {
            bridge.poll(this);
            while (left > 0 && bridge.answer(answered, record, 0, length))
            {
                left--;
            }
            if (left == 0 && answered != 0 && bridge.complete(answered, OperatorPort.OK))
            {
                answered = 0;
            }
        }

        @Override
        public boolean onQuery(final long queryId, final OperatorQuery query, final DirectBuffer details,
            final int offset, final int detailsLength)
        {
            answered = queryId;
            return bridge.begin(queryId);
        }

        @Override
        public void onCancel(final long queryId)
        {
            answered = 0;
            left = 0;
        }
    }

    @AfterEach
    void close()
    {
        bridge.close();
    }

    /** Under every name, since several long answers at a time would fill the heap. */
    @Test
    void shouldKnowTheCommandsWhoseAnswersMayBeLong()
    {
        assertEquals(List.of("connections", "cons", "dump", "stat", "stats", "watches", "watches_by_path", "wchc",
            "wchp"), Command.namesOfLists());
    }

    @Test
    void shouldRefuseWhatIsTooLongToBeHeldHoweverFewItAre()
    {
        loop.left = 100;
        final AnswerTooLongException refusal = assertThrows(AnswerTooLongException.class, lists::ephemerals);

        assertEquals(0, loop.left, "the loop goes on making records that nobody reads");
        assertTrue(refusal.getMessage().contains("more than 48 MB"), refusal.getMessage());
    }

    @Test
    void shouldListWhatIsNotTooLong()
    {
        loop.left = 3;

        assertEquals(3, lists.ephemerals().get(SESSION).size());
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTablesTest
{
    @ParameterizedTest
    @CsvSource({ "1,WRITE,create,CREA", "2,WRITE,delete,DELE", "3,READ,exists,EXIS", "4,READ,getData,GETD",
        "5,WRITE,setData,SETD", "6,READ,getACL,GETA", "7,WRITE,setACL,SETA", "8,READ,getChildren,GETC",
        "9,SYNC,sync,SYNC", "11,SESSION,ping,PING", "12,READ,getChildren2,GETC", "13,PART,check,CHEC",
        "14,WRITE,multi,MULT", "15,WRITE,create2,CREA", "16,WRITE,reconfig,RECO", "17,READ,checkWatches,CHKW",
        "18,READ,removeWatches,REMW", "19,WRITE,createContainer,CREA", "20,INTERNAL,deleteContainer,DELE",
        "21,WRITE,createTTL,CREA", "22,READ,multiRead,MLTR", "100,SESSION,auth,NA", "101,READ,setWatches,SETW",
        "102,SESSION,sasl,NA", "103,READ,getEphemerals,GETE", "104,READ,getAllChildrenNumber,GETACN",
        "105,READ,setWatches2,STW2", "106,READ,addWatch,ADDW", "107,READ,whoAmI,HOMI",
        "-10,INTERNAL,createSession,SESS",
        "-11,SESSION,closeSession,CLOS", "0,INTERNAL,notification,NA", "-1,UNKNOWN,unknown,NA" })
    void shouldKnowOpcodes(final int opCode, final OpKind kind, final String name, final String lastOperation)
    {
        assertEquals(kind, OpCode.kind(opCode));
        assertEquals(name, OpCode.name(opCode));
        assertEquals(lastOperation, OpCode.lastOperation(opCode));
    }

    @ParameterizedTest
    @ValueSource(ints = { Integer.MIN_VALUE, -12, -9, -1, 0, 10, 13, 20, 23, 99, 108, 1000, Integer.MAX_VALUE, -10 })
    void shouldRefuseWhatIsNoRequest(final int opCode)
    {
        assertFalse(OpCode.isRequest(opCode));
    }

    @Test
    void shouldTakeEveryOtherOpcodeForARequest()
    {
        int requests = 0;

        for (int opCode = -20; opCode <= 120; opCode++)
        {
            requests += OpCode.isRequest(opCode) ? 1 : 0;
        }

        assertEquals(28, requests);
    }

    @Test
    void shouldDescribeEveryErrorDifferently() throws IllegalAccessException
    {
        final Set<String> sentences = new HashSet<>();

        for (final Field field : ErrorCode.class.getFields())
        {
            final String sentence = ErrorCode.describe(field.getInt(null));
            assertTrue(sentence.endsWith("."), field.getName());
            assertNotEquals(ErrorCode.describe(12345), sentence, field.getName());
            assertTrue(sentences.add(sentence), field.getName());
        }

        assertEquals(ErrorCode.describe(-9999), ErrorCode.describe(12345));
    }

    @Test
    void shouldFindFourLetterWords()
    {
        assertSame(FourLetterWord.RUOK, FourLetterWord.of(0x72756F6B));
        assertSame(FourLetterWord.TELNET_CLOSE, FourLetterWord.of(0xFFF4FFFD));
        assertNull(FourLetterWord.of(0x2D));

        for (final FourLetterWord word : FourLetterWord.values())
        {
            assertSame(word, FourLetterWord.of(word.code()));
            assertTrue(word.code() < 0 || word.code() > 0xFFFFF, "no frame length");
        }
    }

    @Test
    void shouldKnowCreateFlags()
    {
        assertFalse(CreateMode.isKnown(-1));
        assertFalse(CreateMode.isKnown(7));
        assertEquals("0:- 1:e 2:s 3:es 4:- 5:t 6:st ", flags());
    }

    private static String flags()
    {
        final StringBuilder all = new StringBuilder();

        for (int flag = 0; flag <= 6; flag++)
        {
            final String traits = (CreateMode.isEphemeral(flag) ? "e" : "") + (CreateMode.isSequential(flag) ? "s" :
                "") + (CreateMode.isTtl(flag) ? "t" : "");
            assertTrue(CreateMode.isKnown(flag));
            all.append(flag).append(':').append(traits.isEmpty() ? "-" : traits).append(' ');
        }

        return all.toString();
    }
}

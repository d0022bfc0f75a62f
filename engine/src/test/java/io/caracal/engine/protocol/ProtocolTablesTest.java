/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolTablesTest
{
    @ParameterizedTest
    @CsvSource({ "1,WRITE,create", "2,WRITE,delete", "3,READ,exists", "4,READ,getData",
        "5,WRITE,setData", "6,READ,getACL", "7,WRITE,setACL", "8,READ,getChildren",
        "9,SYNC,sync", "11,SESSION,ping", "12,READ,getChildren2", "13,PART,check",
        "14,WRITE,multi", "15,WRITE,create2", "16,WRITE,reconfig", "17,READ,checkWatches",
        "18,READ,removeWatches", "19,WRITE,createContainer", "20,INTERNAL,deleteContainer",
        "21,WRITE,createTTL", "22,READ,multiRead", "100,SESSION,auth", "101,READ,setWatches",
        "102,SESSION,sasl", "103,READ,getEphemerals", "104,READ,getAllChildrenNumber",
        "105,READ,setWatches2", "106,READ,addWatch", "107,READ,whoAmI",
        "-10,INTERNAL,createSession",
        "-11,SESSION,closeSession", "0,INTERNAL,notification", "-1,UNKNOWN,unknown" })
    void shouldKnowOpcodes(final int opCode, final OpKind kind, final String name)
    {
        assertEquals(kind, OpCode.kind(opCode));
        assertEquals(name, OpCode.name(opCode));
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

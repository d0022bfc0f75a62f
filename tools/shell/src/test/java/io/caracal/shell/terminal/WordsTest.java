/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest
{
    @Test
    void shouldCutAtWhiteSpace()
    {
        assertEquals(List.of("set", "/a", "b"), Words.of("  set\t/a   b ").texts());
        assertEquals(List.of(), Words.of("  ").texts());
    }

    /** Such a blank is typed with many keyboards of Asia, and ZooKeeper's shell makes it a part of the name. */
    @Test
    void shouldNotCutAtBlanksOfOtherScripts()
    {
        assertEquals(List.of("create", "/\u5317\u3000\u5357", "a\u2003b\u0085"), Words.of(
            "create /\u5317\u3000\u5357 a\u2003b\u0085").texts());
    }

    @Test
    void shouldKeepBlanksBetweenQuotesOfEitherKind()
    {
        assertEquals(List.of("set", "/a", "b  c", "d 'e'", "f \"g\""), Words.of("set /a 'b  c' \"d 'e'\" 'f \"g\"'")
            .texts());
    }

    @Test
    void shouldKnowTheEmptyWord()
    {
        assertEquals(List.of("set", "/a", "", ""), Words.of("set /a '' \"\"").texts());
    }

    @Test
    void shouldLeaveQuotesInsideAWordAlone()
    {
        assertEquals(List.of("set", "/a", "{\"b\":1}", "it's"), Words.of("set /a {\"b\":1} it's").texts());
    }

    @Test
    void shouldBeginANewWordBehindAQuote()
    {
        assertEquals(List.of("a", "b"), Words.of("'a'b").texts());
    }

    @Test
    void shouldTellAQuoteThatStaysOpen()
    {
        assertEquals('"', Words.of("set /a \"b c").openQuote());
        assertEquals(0, Words.of("set /a \"b c\"").openQuote());
    }

    @Test
    void shouldTellWhereWordsAre()
    {
        final Words words = Words.of("set  '/a b' c");

        assertEquals(5, words.start(1));
        assertEquals(11, words.end(1));
    }
}

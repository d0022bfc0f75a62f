/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import io.caracal.transport.Words;
import java.util.Locale;

/** The four-letter words, and whether they need a server that serves clients. */
enum Word
{
    RUOK(false),
    ISRO(false),
    GTMK(false),
    STMK(false),
    ENVI(false),
    CRST(true),
    SRST(true),
    DIRS(true),
    CONF(true),
    SRVR(true),
    STAT(true),
    CONS(true),
    WCHS(true),
    WCHC(true),
    WCHP(true),
    DUMP(true),
    HASH(true),
    MNTR(true);

    private final boolean needsServing;

    Word(final boolean needsServing)
    {
        this.needsServing = needsServing;
    }

    static Word of(final int bytes)
    {
        return valueOf(Words.letters(bytes).toUpperCase(Locale.ROOT));
    }

    boolean needsServing()
    {
        return needsServing;
    }

    String letters()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}

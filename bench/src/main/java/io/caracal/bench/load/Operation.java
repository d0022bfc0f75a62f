/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.Locale;

/** One kind of operation that a load is mixed from. */
public enum Operation
{
    /** getData of a key. */
    GET,
    /** exists of a key. */
    EXISTS,
    /** getChildren2 of the group that a key lies in. */
    LIST,
    /** getData of a key, with a watch. */
    WATCH,
    /** setData of a key, any version. */
    SET,
    /** Create of a znode that never existed before. */
    CREATE,
    /** A multi of two setData requests on two keys. */
    MULTI,
    /** Create of an ephemeral znode, its delete, and so on in turn. */
    EPHEMERAL,
    /** Create of the znodes that the other operations work on, in order; an existing znode is no error. */
    FILL;

    private static final Operation[] ALL = values();

    static Operation of(final int ordinal)
    {
        return ALL[ordinal];
    }

    static int count()
    {
        return ALL.length;
    }

    /**
     * Returns the name on command lines and in reports.
     *
     * @return the name in lower case.
     */
    public String word()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}

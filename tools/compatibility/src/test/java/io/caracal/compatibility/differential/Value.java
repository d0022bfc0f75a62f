/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

/** One part of an answer, typed by how the answers of two servers are compared. */
sealed interface Value
{
    /** Must be the same text on both sides. */
    record Literal(String text) implements Value
    {
        @Override
        public String toString()
        {
            return text;
        }
    }

    /** A transaction number. Both sides must order them alike; 0 and negative ones are literal. */
    record Zxid(long zxid) implements Value
    {
        @Override
        public String toString()
        {
            return "zxid " + zxid;
        }
    }

    /** A session number. Numbers of both sides must pair one to one; 0 is literal. */
    record Session(long id) implements Value
    {
        @Override
        public String toString()
        {
            return id == 0 ? "no session" : "session 0x" + Long.toHexString(id);
        }
    }

    /** The time of a transaction. On each side, every transaction has exactly one time. */
    record Stamp(long zxid, long timeMs) implements Value
    {
        @Override
        public String toString()
        {
            return "at " + timeMs;
        }
    }
}

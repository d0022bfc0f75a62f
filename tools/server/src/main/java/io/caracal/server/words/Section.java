/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

/** A part of an answer that is made in slices. */
interface Section extends AutoCloseable
{
    /** What a slice came to. */
    enum Progress
    {
        /** Nothing to do until the engine has answered. */
        WAITING,
        /** Something was done and more is to do. */
        MORE,
        /** The section is whole. */
        DONE
    }

    /**
     * Makes one slice.
     *
     * @param text to append to.
     * @return what it came to.
     */
    Progress advance(StringBuilder text);

    @Override
    default void close()
    {
    }
}

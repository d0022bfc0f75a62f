/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

/** A part of an answer, produced in slices. */
interface Section extends AutoCloseable
{
    /** The result of producing a slice. */
    enum Progress
    {
        /** Nothing can be done until the engine has answered. */
        WAITING,
        /** Something was done, and more remains to be done. */
        MORE,
        /** The section is complete. */
        DONE
    }

    /**
     * Produces one slice.
     *
     * @param text to append to.
     * @return the result.
     */
    Progress advance(StringBuilder text);

    @Override
    default void close()
    {
    }
}

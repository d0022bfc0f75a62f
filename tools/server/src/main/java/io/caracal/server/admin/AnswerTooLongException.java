/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

/** An answer has more records than are held in memory. */
final class AnswerTooLongException extends RuntimeException
{
    private static final long serialVersionUID = 1;

    AnswerTooLongException(final int recordsMax)
    {
        super("the answer has more than " + recordsMax +
            " entries; ask by the four-letter word, which sends them as they come", null, false, false);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

/** Thrown when an answer has more records than may be held in memory. */
final class AnswerTooLongException extends RuntimeException
{
    private static final long serialVersionUID = 1;

    AnswerTooLongException(final int recordsMax)
    {
        super("the answer has more than " + recordsMax +
            " entries; ask by the four-letter word, which sends them as they come", null, false, false);
    }
}

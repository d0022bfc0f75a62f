/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

/** Thrown when an answer is longer than may be held in memory. */
final class AnswerTooLongException extends RuntimeException
{
    private static final long serialVersionUID = 1;

    /** Takes the limit that is exceeded, in words. */
    AnswerTooLongException(final String limit)
    {
        super("the answer has more than " + limit +
            "; ask by the four-letter word, which sends it as it comes", null, false, false);
    }
}

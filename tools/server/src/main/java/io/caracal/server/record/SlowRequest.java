/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.time.Instant;
import java.util.Locale;

/**
 * One slow request.
 *
 * @param at        wall-clock time at which its line is made, right after the reply left.
 * @param operation name of the operation, such as {@code getData}.
 * @param path      of the znode; empty when the request names none, or it is not known.
 * @param sessionId of the client.
 * @param client    address and port of the client.
 * @param zxid      of the transaction, 0 when there is none.
 * @param errorCode 0 when it succeeded.
 * @param stamps    where its time was spent.
 */
public record SlowRequest(Instant at, String operation, String path, long sessionId, String client, long zxid,
    int errorCode, RequestStamps stamps)
{
    private static final double NS_PER_MS = 1e6;

    /**
     * Returns the line for the log.
     *
     * @return keys and values, separated by blanks; times in milliseconds, "-" for stages that were not passed.
     */
    public String line()
    {
        return "slow request total_ms=" + ms(stamps.totalNs()) + " op=" + operation + " path=" + quoted(path) +
            " session=0x" + Long.toHexString(sessionId) + " client=" + client + " result=" + errorCode + " zxid=0x" +
            Long.toHexString(zxid) + " receive_ms=" + ms(stamps.receiveNs()) + " answer_ms=" + ms(stamps.answerNs()) +
            " prepare_ms=" + ms(stamps.prepareNs()) + " journal_ms=" + ms(stamps.journalNs()) +
            " quorum_ms=" + ms(stamps.quorumNs()) +
            " apply_ms=" + ms(stamps.applyNs()) + " reply_ms=" + ms(stamps.replyNs());
    }

    private static String ms(final long ns)
    {
        return ns < 0 ? "-" : String.format(Locale.ROOT, "%.3f", ns / NS_PER_MS);
    }

    /** Quotes a path. A client has chosen it, so it may contain blanks, quotes and line ends. */
    private static String quoted(final String text)
    {
        final StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++)
        {
            final char letter = text.charAt(i);
            if (letter == '"' || letter == '\\')
            {
                quoted.append('\\').append(letter);
            }
            else if (LogText.isControl(letter))
            {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int)letter));
            }
            else
            {
                quoted.append(letter);
            }
        }

        return quoted.append('"').toString();
    }
}

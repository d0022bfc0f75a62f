/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/** What a {@link ClientConnection} tells its owner, from inside its own calls. */
interface ReplyHandler
{
    /**
     * A request was answered, in order.
     *
     * @param operation what was asked.
     * @param error     the code of the reply; for a multi the one that made it fail.
     * @param startNs   when it was due or sent.
     * @param nowNs     when the reply was read.
     */
    void onReply(Operation operation, int error, long startNs, long nowNs);

    /**
     * A request will never be answered: its connection broke.
     *
     * @param operation what was asked.
     */
    void onLost(Operation operation);

    /** A watch fired. */
    void onWatchEvent();

    /** A session was opened or taken up again. */
    void onSession();

    /**
     * A connection broke or could not be made.
     *
     * @param reason for people.
     */
    void onDisconnect(String reason);
}

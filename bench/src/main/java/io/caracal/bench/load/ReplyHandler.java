/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

/** Receives what happens on a {@link ClientConnection}. It is called from within the methods of the connection. */
interface ReplyHandler
{
    /**
     * A request was answered. Replies come in the order of the requests.
     *
     * @param operation of the request.
     * @param error     error code of the reply; for a multi, of the part that made it fail.
     * @param startNs   when the request was due or sent.
     * @param nowNs     when the reply was read.
     */
    void onReply(Operation operation, int error, long startNs, long nowNs);

    /**
     * A request will never be answered, because its connection broke.
     *
     * @param operation of the request.
     */
    void onLost(Operation operation);

    /** A watch fired. */
    void onWatchEvent();

    /** A session was opened or taken up again. */
    void onSession();

    /**
     * A connection broke or could not be made.
     *
     * @param reason description for people.
     */
    void onDisconnect(String reason);
}

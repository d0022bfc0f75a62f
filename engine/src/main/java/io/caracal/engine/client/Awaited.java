/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/** What a frame that could not be taken waits for. */
enum Awaited
{
    /** Room to keep a request, and nothing else. */
    ROOM,
    /**
     * The role takes no request for now: the log, or the way to the leader, is full. Nothing announces when that is
     * over.
     */
    ROLE,
    /** The completion of a request that is under way, of this connection or another one, or the next duty cycle. */
    ANSWER
}

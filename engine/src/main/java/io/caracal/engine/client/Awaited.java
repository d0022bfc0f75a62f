/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/** What a frame waits for that could not be taken. */
enum Awaited
{
    /** Room to keep a request, and nothing else. */
    ROOM,
    /** The role takes no request for now: the log is full, or the way to the leader. Nobody tells when that is over. */
    ROLE,
    /** A request that is under way, of its connection or of another one, or the next duty cycle. */
    ANSWER
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.aeron.codec.Ending;

/** Receives the messages of a silent link. */
interface LinkMessageHandler
{
    /** The first message of the dialing server, or the answer to it. */
    void onHello(LinkHello hello);

    /** The other server refuses to link. The raw value is one of {@code Refusal}, or one of a later version. */
    void onRefused(short refusal, long[] voters);

    /** The streams that this server sends have begun correctly at the other one. */
    void onProven(long token);

    /** The other server ended the generation. */
    void onGenerationEnd(Ending ending);
}

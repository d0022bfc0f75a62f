/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.aeron.codec.Ending;

/** What comes by a silent link. */
interface LinkMessageHandler
{
    /** The first message from who dials, and the answer to it. */
    void onHello(LinkHello hello);

    /** The other server will not link; the raw value is one of {@code Refusal}, or a later one. */
    void onRefused(short refusal, long[] voters);

    /** The streams that this server sends began well at the other one. */
    void onProven(long token);

    /** The other server ended the generation. */
    void onGenerationEnd(Ending ending);
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import org.agrona.DirectBuffer;

/** Recognizes the first message of a stream. */
@FunctionalInterface
interface StreamHelloReader
{
    /** Whether these bytes are the agreed first message. */
    boolean isExpected(DirectBuffer buffer, int offset, int length);
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import org.agrona.DirectBuffer;

/** Knows how the streams of a generation begin. */
@FunctionalInterface
interface StreamHelloReader
{
    /** Whether these bytes are the first message that was agreed. */
    boolean isExpected(DirectBuffer buffer, int offset, int length);
}

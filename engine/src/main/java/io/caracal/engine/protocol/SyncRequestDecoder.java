/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** sync: {@code str path}, which is only echoed and may be null. */
public final class SyncRequestDecoder extends PathRequestDecoder
{
    @Override
    boolean decode(final JuteReader record)
    {
        decodePath(record);
        return true;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/** getEphemerals: {@code str prefixPath}. Null stands for all. */
public final class GetEphemeralsRequestDecoder extends PathRequestDecoder
{
    @Override
    boolean decode(final JuteReader record)
    {
        decodePath(record);
        return true;
    }
}

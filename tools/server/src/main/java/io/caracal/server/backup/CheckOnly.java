/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import io.caracal.engine.port.SnapshotHandler;
import org.agrona.DirectBuffer;

/** Ignores what is read, for reading a file only to have every checksum compared. */
class CheckOnly implements SnapshotHandler
{
    @Override
    public void onLoadBegin(final long zxid)
    {
        // nothing to take in
    }

    @Override
    public void onLoadRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        // nothing to take in
    }

    @Override
    public void onLoadEnd(final long zxid, final long recordCount, final long digest)
    {
        // nothing to take in
    }

    @Override
    public void onPublished(final long zxid, final long keepsFrom)
    {
        // never told while reading
    }

    @Override
    public void onFailed(final long zxid)
    {
        // never told while reading
    }

    @Override
    public void onReceived(final long zxid)
    {
        // never told while reading
    }

    @Override
    public void onReceiveFailed(final long zxid)
    {
        // never told while reading
    }
}

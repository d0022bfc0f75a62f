/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.log.StoredLog;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Reads a data directory and prints what is there. */
final class ReadOnlyMain
{
    private ReadOnlyMain()
    {
    }

    public static void main(final String[] args) throws IOException
    {
        final Path home = Path.of(args[0]).resolve(DataLayout.HOME_NAME);
        final long[] last = new long[1];
        try (StoredData data = StoredData.open(new DataLayout(home, home)))
        {
            data.log().read(0, new ReplayHandler()
            {
                @Override
                public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer,
                    final int offset, final int length)
                {
                    last[0] = zxid;
                }

                @Override
                public void onReplayEnd(final long lastZxid)
                {
                    last[0] = lastZxid;
                }
            }, StoredLog.Sight.TO_THE_END);
            System.out.println("read " + (data.isLive() ? "beside a server" : "alone") + ", epoch " + data.epochs()
                .current() + ", up to " + last[0]);
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.terminal.Terminal;
import java.util.Date;
import org.apache.zookeeper.data.Stat;

/** Prints a stat as ZooKeeper's shell does, because scripts rely on its names and order. */
final class StatText
{
    private StatText()
    {
    }

    @SuppressWarnings("JavaUtilDate")
    static void print(final Stat stat, final Terminal terminal)
    {
        terminal.out("cZxid = " + hex(stat.getCzxid()));
        terminal.out("ctime = " + new Date(stat.getCtime()));
        terminal.out("mZxid = " + hex(stat.getMzxid()));
        terminal.out("mtime = " + new Date(stat.getMtime()));
        terminal.out("pZxid = " + hex(stat.getPzxid()));
        terminal.out("cversion = " + stat.getCversion());
        terminal.out("dataVersion = " + stat.getVersion());
        terminal.out("aclVersion = " + stat.getAversion());
        terminal.out("ephemeralOwner = " + hex(stat.getEphemeralOwner()));
        terminal.out("dataLength = " + stat.getDataLength());
        terminal.out("numChildren = " + stat.getNumChildren());
    }

    private static String hex(final long value)
    {
        return "0x" + Long.toHexString(value);
    }
}

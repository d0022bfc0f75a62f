/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.command;

import io.caracal.shell.client.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** ACLs in the form that people write: scheme:id:perms, separated by commas. */
final class AclText
{
    /** Letters in the order in which they are shown. */
    private static final String LETTERS = "cdrwa";
    private static final int[] BITS = { ZooDefs.Perms.CREATE, ZooDefs.Perms.DELETE, ZooDefs.Perms.READ,
        ZooDefs.Perms.WRITE,
        ZooDefs.Perms.ADMIN };

    private AclText()
    {
    }

    static List<ACL> parse(final String text) throws CommandFailure
    {
        final List<ACL> acls = new ArrayList<>();
        for (final String entry : text.split(",", -1))
        {
            final int first = entry.indexOf(':');
            final int last = entry.lastIndexOf(':');
            if (first == last)
            {
                throw new CommandFailure(entry + " does not have the form scheme:id:perm",
                    "For example world:anyone:r or digest:user:hash=:cdrwa or, after addauth, auth::cdrwa.");
            }

            acls.add(new ACL(bits(entry.substring(last + 1)), new Id(entry.substring(0, first), entry.substring(first +
                1, last))));
        }

        return acls;
    }

    static String perms(final int bits)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < BITS.length; i++)
        {
            if ((bits & BITS[i]) != 0)
            {
                text.append(LETTERS.charAt(i));
            }
        }

        return text.toString();
    }

    private static int bits(final String perms) throws CommandFailure
    {
        int bits = 0;
        for (int i = 0; i < perms.length(); i++)
        {
            final int index = LETTERS.indexOf(perms.charAt(i));
            if (index < 0)
            {
                throw new CommandFailure("Unknown perm type: " + perms.charAt(i),
                    "r reads, w writes, c creates and d deletes children, a changes the acl.");
            }

            bits |= BITS[index];
        }

        return bits;
    }
}

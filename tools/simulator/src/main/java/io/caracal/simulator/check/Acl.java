/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * An access control list. It was written independently of the engine's.
 *
 * @param entries in order.
 */
public record Acl(List<Entry> entries)
{
    /** Permission to read a znode and the names of its children. */
    public static final int READ = 1;
    /** Permission to set the data of a znode. */
    public static final int WRITE = 2;
    /** Permission to create children of a znode. */
    public static final int CREATE = 4;
    /** Permission to delete children of a znode. */
    public static final int DELETE = 8;
    /** Permission to set the list of a znode. */
    public static final int ADMIN = 16;
    /** All permissions. */
    public static final int ALL = 31;

    /** Permits everything to everyone. */
    public static final Acl OPEN = of(world(ALL));

    private static final String WORLD = "world";
    private static final String DIGEST = "digest";
    private static final String ADDRESS = "ip";
    private static final String AUTH = "auth";

    /**
     * What somebody may do.
     *
     * @param permissions bits.
     * @param scheme      by which the id is meant.
     * @param id          of somebody.
     */
    public record Entry(int permissions, String scheme, String id)
    {
        private boolean isFor(final Identities who)
        {
            return switch (scheme)
            {
                case WORLD -> true;
                case DIGEST -> who.digests().contains(id);
                case ADDRESS -> who.address().equals(id);
                default -> false;
            };
        }

        private Entry masked()
        {
            return DIGEST.equals(scheme) ? new Entry(permissions, scheme, id.substring(0, id.indexOf(':')) + ":x") :
                this;
        }

        private List<Entry> storedFor(final Identities who)
        {
            return AUTH.equals(scheme) ? who.digests().stream().map(digest -> digest(permissions, digest)).toList() :
                List.of(this);
        }

        @Override
        public String toString()
        {
            return (WORLD.equals(scheme) ? WORLD : scheme + ':' + id.replaceFirst(":.*", "")) + '=' + permissions;
        }
    }

    /** Takes a copy of the entries. */
    public Acl
    {
        entries = List.copyOf(entries);
    }

    /**
     * A list of some entries.
     *
     * @param entries in order, all different.
     * @return the list.
     */
    public static Acl of(final Entry... entries)
    {
        return new Acl(List.of(entries));
    }

    /**
     * What everyone may do.
     *
     * @param permissions bits.
     * @return an entry.
     */
    public static Entry world(final int permissions)
    {
        return new Entry(permissions, WORLD, "anyone");
    }

    /**
     * What a user may do.
     *
     * @param permissions bits.
     * @param id          of the scheme digest.
     * @return an entry.
     */
    public static Entry digest(final int permissions, final String id)
    {
        return new Entry(permissions, DIGEST, id);
    }

    /**
     * What the client with an address may do.
     *
     * @param permissions bits.
     * @param address     of the client.
     * @return an entry.
     */
    public static Entry address(final int permissions, final String address)
    {
        return new Entry(permissions, ADDRESS, address);
    }

    /**
     * What every user may do as whom the client that sends the list has proven itself.
     *
     * @param permissions bits.
     * @return an entry.
     */
    public static Entry auth(final int permissions)
    {
        return new Entry(permissions, AUTH, "");
    }

    /** Reads a list as it is stored. */
    static Acl read(final DirectBuffer buffer)
    {
        final int count = buffer.getInt(0, ByteOrder.BIG_ENDIAN);
        final List<Entry> entries = new ArrayList<>();
        int position = Integer.BYTES;

        for (int i = 0; i < count; i++)
        {
            final int permissions = buffer.getInt(position, ByteOrder.BIG_ENDIAN);
            final String scheme = text(buffer, position + Integer.BYTES);
            position += 2 * Integer.BYTES + scheme.length();
            final String id = text(buffer, position);
            position += Integer.BYTES + id.length();
            entries.add(new Entry(permissions, scheme, id));
        }

        return new Acl(entries);
    }

    private static String text(final DirectBuffer buffer, final int position)
    {
        return buffer.getStringAscii(position, ByteOrder.BIG_ENDIAN);
    }

    /** Whether a client has one of the wanted permissions. */
    boolean permits(final int wanted, final Identities who)
    {
        return who.isSuper() ||
            entries.stream().anyMatch(entry -> (entry.permissions & wanted) != 0 && entry.isFor(who));
    }

    /** The list as it is shown to a client that may read the znode but not administer it. */
    Acl masked()
    {
        return new Acl(entries.stream().map(Entry::masked).toList());
    }

    /** The list as it is stored when a client sends it. Null if it must be refused, because it stands for nobody. */
    Acl storedFor(final Identities who)
    {
        final boolean isValid = entries.stream().noneMatch(entry -> entry.storedFor(who).isEmpty());

        return isValid && !entries.isEmpty() ? new Acl(entries.stream().flatMap(entry -> entry.storedFor(who).stream())
            .toList()) : null;
    }

    @Override
    public String toString()
    {
        return entries.toString();
    }
}

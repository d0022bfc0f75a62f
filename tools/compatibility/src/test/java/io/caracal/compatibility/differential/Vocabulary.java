/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import io.caracal.compatibility.wire.Acl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The words that programs are made of: few enough that requests of a program meet each other, odd enough to be
 * interesting.
 */
final class Vocabulary
{
    /** The digest of "super:secret", an identity that may do everything on a server that is configured with it. */
    static final String SUPER_DIGEST = "super:lK75jTNcA+U9vtVEw5vB51mj/w4=";
    static final String[] USERS = { "u:p", "v:q", "u:p", "w:nothing:more", ":", ":x", "x:", "", "\u00e4:\u00fc" };
    static final String[] USER_DIGESTS = { "u:Jq7wMyA/w2Vd5WIDAKdu4OIIFEQ=", "v:x", "nocolon", "a:b:c", "a:b:" };

    private static final String[] NAMES = { "a", "b", "c" };
    private static final String[] ODD_PATHS = { "abc", "/abc/", "//x", "/./x", "/a/../b", "/a/.", "/..", "", null,
        "/a\u0000b", "\u0000", "/c\u0001d", "/a/\u007f", "/a/\ue000", "/a/\uffff", "/a//b", "/a/ ", "/a/.b", "/a/b...",
        "/a/\u00e4\u4e2d", "/", "/a/\ufff0", "/a/\ufffd", "/a/\uffef", "/a/\u0080", "/a/\u009f", "/a/\u00a0",
        "/a/\ud7ff", "/a/\uf8ff", "/a/\uf900", "/a/\ud83d\ude00", "/a/\ud800x", "//", "/a//", "/a/b/", "/a/..b",
        "/a/...", "a/b", "zookeeper/quota", "/\u00e4", " / ", "\u00e4", "/a/" + "x".repeat(300), "/a/b/c".repeat(30) };
    private static final String[] SYSTEM_PATHS = { "/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config",
        "/zookeeper/none" };

    private boolean isConcurrent;
    private final Random random;
    private final boolean onRoot;

    Vocabulary(final Random random, final boolean onRoot)
    {
        this.random = random;
        this.onRoot = onRoot;
    }

    boolean chance(final int perCent)
    {
        return random.nextInt(100) < perCent;
    }

    int below(final int bound)
    {
        return random.nextInt(bound);
    }

    <T> T oneOf(final List<T> all)
    {
        return all.get(random.nextInt(all.size()));
    }

    String oneOf(final String[] all)
    {
        return all[random.nextInt(all.length)];
    }

    String path()
    {
        final int roll = random.nextInt(100);

        if (roll < 5)
        {
            return oneOf(ODD_PATHS);
        }

        if (roll < 8)
        {
            return "/" + oneOf(NAMES) + "/s" + String.format(Locale.ROOT, "%010d", random.nextInt(4));
        }

        return onRoot && roll < 25 ? oneOf(SYSTEM_PATHS) : plainPath();
    }

    /** A path that is neither odd nor one of the server's own. */
    String plainPath()
    {
        final StringBuilder path = new StringBuilder();
        final int depth = 1 + Math.min(random.nextInt(3), random.nextInt(3));

        for (int i = 0; i < depth; i++)
        {
            path.append('/').append(oneOf(NAMES));
        }

        return path.toString();
    }

    String sequencePath()
    {
        return switch (random.nextInt(4))
        {
            case 0 -> plainPath() + "/";
            case 1 -> plainPath();
            default -> plainPath() + "/s";
        };
    }

    /**
     * Whether clients write at the same time. A request that takes no zxid would then show how far the server has come
     * with the others, so there are no null lists.
     */
    void concurrent(final boolean value)
    {
        isConcurrent = value;
    }

    byte[] data()
    {
        if (random.nextInt(300) == 0)
        {
            return new byte[100_000];
        }

        return switch (random.nextInt(8))
        {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> new byte[1000];
            default -> ("d" + random.nextInt(1000)).getBytes(StandardCharsets.UTF_8);
        };
    }

    int version()
    {
        final int[] odd = { -2, -3, -4, Integer.MIN_VALUE, Integer.MAX_VALUE };
        return random.nextInt(100) < 60 ? -1 : chance(5) ? odd[random.nextInt(odd.length)] : random.nextInt(5);
    }

    List<Acl> acls()
    {
        return switch (random.nextInt(30))
        {
            case 0 -> isConcurrent ? Acl.OPEN : null;
            case 1 -> List.of();
            case 2, 3 -> List.of(new Acl(Acl.ALL, "auth", chance(50) ? "" : "ignored"));
            case 4, 5 -> List.of(new Acl(random.nextInt(32), "world", "anyone"), digest());
            case 6 -> List.of(digest(), digest(), new Acl(1, "auth", ""));
            case 7 -> List.of(new Acl(Acl.ALL, "ip", oneOf(new String[]{ "127.0.0.1", "127.0.0.0/8", "10.0.0.1",
                "127.0.0.1/33", "127.0.0.1/0", "1.2.3", "host", "::1", "127.0.0.1/", "256.0.0.1", "", "127.0.0.1/8/9",
                "127.0.0.0/08", "127.0.0.01", "127.0.0.1 ", "127.0.0.-1", "::/0", "::", ":::",
                "fe80::1%lo", "::ffff:a00:1/128", "::ffff:a00:0/100", "::ffff:a00:1/129", "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::", "1::2::3", "::1/129", "/8", "." })));
            case 8 -> odd();
            default -> Acl.OPEN;
        };
    }

    private Acl digest()
    {
        return new Acl(chance(70) ? Acl.ALL : random.nextInt(64), "digest", oneOf(USER_DIGESTS));
    }

    /** Odd lists, but without entries that lack scheme or id, which are a deliberate difference. */
    private List<Acl> odd()
    {
        final List<Acl> list = new ArrayList<>();
        list.add(new Acl(1, "world", "anyone"));
        list.add(switch (random.nextInt(12))
        {
            case 5 -> new Acl(1, "sasl", "u");
            case 6 -> new Acl(1, "x509", "CN=u");
            case 7 -> new Acl(1, "ensemble", "");
            case 8 -> new Acl(1, "WORLD", "anyone");
            case 9 -> new Acl(1, "digest", "\u00e4:\u00fc");
            case 10 -> new Acl(1, "digest", ":");
            case 11 -> new Acl(0, "digest", ":x");
            case 0 -> new Acl(1, "nonesuch", "x");
            case 1 -> new Acl(1, "", "");
            case 2 -> new Acl(1, "world", "everyone");
            case 3 -> new Acl(-1, "world", "anyone");
            default -> new Acl(1, "super", "");
        });
        return list;
    }

    /**
     * Paths for setWatches. A real server does half of it when it meets a null, so there is none here, except for the
     * first list as a whole.
     */
    List<String> paths(final boolean isFirst)
    {
        final List<String> result = new ArrayList<>();
        final int count = random.nextInt(4);

        for (int i = 0; i < count; i++)
        {
            result.add(watchPath());
        }

        return isFirst && chance(3) ? null : result;
    }

    /** Any path but null, which a real server takes for the name of something to watch. */
    String watchPath()
    {
        final String path = echoedPath();
        return path == null ? plainPath() : path;
    }

    /** A path that a server sends back. A real one garbles characters beyond the basic plane, so it has none. */
    String echoedPath()
    {
        final String path = path();
        final boolean isBasic = path == null || path.chars().noneMatch(unit -> Character.isSurrogate((char)unit));
        return isBasic ? path : plainPath();
    }

    int zxidAgo()
    {
        return random.nextInt(100) < 6 ? Scene.NEVER - random.nextInt(3) : random.nextInt(12);
    }

    /** An xid that no library gives to an ordinary request. Not -1, which would make the reply look like an event. */
    int oddXid()
    {
        final int[] xids = { -2, -3, -4, -8, Integer.MIN_VALUE, Integer.MAX_VALUE, 7 };
        return xids[random.nextInt(xids.length)];
    }
}

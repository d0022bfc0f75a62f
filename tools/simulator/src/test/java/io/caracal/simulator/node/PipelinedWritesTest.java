/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.port.OperatorQuery;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random requests of several clients are judged while many others are under way. They get the same answers, events and
 * zxids as when each waits for the one before it, and leave the same tree, also after a restart.
 */
class PipelinedWritesTest
{
    private static final int PROGRAMS = Integer.getInteger("caracal.pipelined.programs", 300);
    private static final long SEED = Long.getLong("caracal.pipelined.seed", 1);
    private static final int CLIENTS = 3;
    private static final int BATCHES = 12;
    private static final int BATCH_MAX = 30;

    @Test
    void shouldJudgeRequestsAsIfEachWaitedForTheOneBefore()
    {
        for (long seed = SEED; seed < SEED + PROGRAMS; seed++)
        {
            final String one = new Performance(seed, false).perform();
            final String many = new Performance(seed, true).perform();
            assertEquals(one, many, "seed " + seed);
        }
    }

    /** One random program, run on one node. */
    private static final class Performance
    {
        private final SplittableRandom random;
        private final boolean isPipelined;
        private final boolean isWatching;
        private final MemoryDisk disk = new MemoryDisk();
        private final WireClient[] clients = new WireClient[CLIENTS];
        private final boolean[] isClosing = new boolean[CLIENTS];
        private final StringBuilder told = new StringBuilder();
        private TestNode node;
        private long wallMs = 1_000_000_000_000L;

        Performance(final long seed, final boolean isPipelined)
        {
            this.isPipelined = isPipelined;
            random = new SplittableRandom(seed);
            isWatching = random.nextBoolean();
        }

        String perform()
        {
            node = new TestNode(disk);
            for (int i = 0; i < CLIENTS; i++)
            {
                connect(i);
            }
            quota("/a");
            quota("/b/c");
            for (int i = 0; i < BATCHES; i++)
            {
                batch(random.nextInt(BATCH_MAX));
                if (isPipelined && i == BATCHES / 2)
                {
                    node.operators.queries.add(OperatorQuery.SNAPSHOT);
                }
            }
            dump("before");
            node.settle();
            node.close();
            node = new TestNode(disk);
            dump("after");
            node.close();

            return told.toString();
        }

        private void connect(final int index)
        {
            node.wallMs(++wallMs);
            clients[index] = node.connect();
            told.append("client ").append(index).append(" 0x").append(Long.toHexString(clients[index].sessionId))
                .append('\n');
        }

        private void quota(final String path)
        {
            final StringBuilder above = new StringBuilder("/zookeeper/quota");
            for (final String name : path.substring(1).split("/", -1))
            {
                above.append('/').append(name);
                request(0, 1, createBody(above.toString(), 0, 0, -1));
                node.settle();
            }
            request(0, 1, createBody(above + "/zookeeper_limits", 0, 0, -1));
            request(0, 1, createBody(above + "/zookeeper_stats", 0, 0, -1));
            node.settle();
        }

        private void batch(final int count)
        {
            for (int i = 0; isWatching && i < 3; i++)
            {
                watch(random.nextInt(CLIENTS));
            }
            node.settle();
            disk.isForcing = !isPipelined;
            for (int i = 0; i < count; i++)
            {
                step();
                if (isPipelined)
                {
                    node.run(1);
                }
                else
                {
                    node.settle();
                }
            }
            disk.isForcing = true;
            node.settle();
            node.settle();
            for (int i = 0; i < CLIENTS; i++)
            {
                hear(i);
                if (isClosing[i])
                {
                    isClosing[i] = false;
                    connect(i);
                }
            }
        }

        private void watch(final int client)
        {
            final String path = path();
            switch (random.nextInt(5))
            {
                case 0 -> request(client, 3, out -> pathAndFlag(out, path));
                case 1 -> request(client, 4, out -> pathAndFlag(out, path));
                case 2 -> request(client, 8, out -> pathAndFlag(out, path));
                case 3 -> request(client, 106, out -> pathAndNumber(out, path, 0));
                default -> request(client, 106, out -> pathAndNumber(out, path, 1));
            }
        }

        private void step()
        {
            final int client = random.nextInt(CLIENTS);
            final int dice = random.nextInt(100);
            if (isClosing[client])
            {
                return;
            }
            if (dice < 3)
            {
                isClosing[client] = true;
                request(client, -11, out ->
                {
                });
            }
            else if (dice < 6 && !isWatching)
            {
                clients[client].authenticate("digest", random.nextBoolean() ? "u:p" : "v:q");
            }
            else if (dice < 14)
            {
                request(client, 7, setAclBody());
            }
            else if (dice < 34)
            {
                multi(client);
            }
            else
            {
                final Part part = part();
                request(client, part.opCode, part.body);
            }
        }

        private record Part(int opCode, WireClient.Body body)
        {
        }

        private Part part()
        {
            final int dice = random.nextInt(20);
            if (dice < 7)
            {
                final int flags = random.nextInt(4);
                return new Part(random.nextBoolean() ? 1 : 15, createBody((flags & 2) == 0 ? path() : sequencePath(),
                    flags, acl(), -1));
            }
            if (dice < 9)
            {
                return new Part(19, createBody(path(), 4, acl(), -1));
            }
            if (dice < 10)
            {
                final int flags = 5 + random.nextInt(2);
                return new Part(21, createBody(flags == 5 ? path() : sequencePath(), flags, acl(), 1_000_000));
            }
            if (dice < 15)
            {
                final String path = path();
                final int version = version();
                return new Part(2, out -> pathAndNumber(out, path, version));
            }

            return new Part(5, setDataBody());
        }

        private void multi(final int client)
        {
            final List<Part> parts = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--)
            {
                final String path = path();
                final int version = version();
                parts.add(random.nextInt(6) == 0 ? new Part(13, out -> pathAndNumber(out, path, version)) : part());
            }
            request(client, 14, out ->
            {
                for (final Part part : parts)
                {
                    header(out, part.opCode, false);
                    part.body.write(out);
                }
                header(out, -1, true);
            });
        }

        private static void header(final DataOutputStream out, final int opCode, final boolean isEnd) throws IOException
        {
            out.writeInt(opCode);
            out.writeBoolean(isEnd);
            out.writeInt(-1);
        }

        private WireClient.Body createBody(final String path, final int flags, final int acl, final long ttlMs)
        {
            final int length = random.nextInt(40);
            return out ->
            {
                WireClient.string(out, path);
                data(out, length);
                acl(out, acl);
                out.writeInt(flags);
                if (ttlMs >= 0)
                {
                    out.writeLong(ttlMs);
                }
            };
        }

        private WireClient.Body setDataBody()
        {
            final String path = path();
            final int length = random.nextInt(40);
            final int version = version();
            return out ->
            {
                WireClient.string(out, path);
                data(out, length);
                out.writeInt(version);
            };
        }

        private WireClient.Body setAclBody()
        {
            final String path = path();
            final int acl = acl();
            final int version = version();
            return out ->
            {
                WireClient.string(out, path);
                acl(out, acl);
                out.writeInt(version);
            };
        }

        private static void data(final DataOutputStream out, final int length) throws IOException
        {
            out.writeInt(length - 1);
            out.write(new byte[Math.max(0, length - 1)]);
        }

        private static void pathAndFlag(final DataOutputStream out, final String path) throws IOException
        {
            WireClient.string(out, path);
            out.writeByte(1);
        }

        private static void pathAndNumber(final DataOutputStream out, final String path, final int number)
            throws IOException
        {
            WireClient.string(out, path);
            out.writeInt(number);
        }

        private int acl()
        {
            return random.nextInt(4) != 0 ? 0 : random.nextInt(8);
        }

        private static void acl(final DataOutputStream out, final int kind) throws IOException
        {
            switch (kind)
            {
                case 1 -> acl(out, 1, "world", "anyone");
                case 2 -> acl(out, 5, "world", "anyone");
                case 3 -> acl(out, 31, "auth", "");
                case 4 -> acl(out, 31, "digest", "u:Jq7wMyA/w2Vd5WIDAKdu4OIIFEQ=");
                case 5 -> acl(out, 31, "ip", "127.0.0.1");
                case 6 -> out.writeInt(0);
                case 7 -> acl(out, 15, "world", "anyone");
                default -> acl(out, 31, "world", "anyone");
            }
        }

        private static void acl(final DataOutputStream out, final int perms, final String scheme, final String id)
            throws IOException
        {
            out.writeInt(1);
            out.writeInt(perms);
            WireClient.string(out, scheme);
            WireClient.string(out, id);
        }

        private int version()
        {
            return random.nextInt(3) == 0 ? random.nextInt(4) : -1;
        }

        private String path()
        {
            final StringBuilder path = new StringBuilder();
            for (int i = 1 + Math.min(random.nextInt(3), random.nextInt(3)); i > 0; i--)
            {
                path.append('/').append((char)('a' + random.nextInt(3)));
            }

            return random.nextInt(15) == 0 ? path + String.format(Locale.ROOT, "/s%010d", random.nextInt(6)) :
                path.toString();
        }

        private String sequencePath()
        {
            return path() + (random.nextBoolean() ? "/s" : "/");
        }

        private void request(final int client, final int opCode, final WireClient.Body body)
        {
            node.wallMs(++wallMs);
            clients[client].request(opCode, body);
        }

        private void hear(final int client)
        {
            while (clients[client].hasNext())
            {
                final byte[] frame = WireClient.bytes(clients[client].next());
                final boolean isOfAuth = frame[0] == -1 && frame[3] == -4;
                told.append(isOfAuth ? "" : client + " " + HexFormat.of().formatHex(frame) + "\n");
            }
        }

        /** Records what a client without identities sees of the whole tree. */
        private void dump(final String when)
        {
            final WireClient reader = node.connect();
            told.append(when).append('\n');
            dump(reader, "/");
            reader.request(-11, out ->
            {
            });
        }

        private void dump(final WireClient reader, final String path)
        {
            reader.readPath(4, path, false);
            reader.pathOnly(6, path);
            reader.readPath(12, path, false);
            node.settle();
            told.append(path).append(' ').append(body(reader)).append(' ').append(body(reader)).append('\n');
            final WireClient.Reply children = reader.reply();
            final List<String> names = new ArrayList<>();
            WireClient.read(() ->
            {
                for (int i = children.error() == 0 ? children.body().readInt() : 0; i > 0; i--)
                {
                    names.add(WireClient.string(children.body()));
                }
            });
            names.stream().sorted().forEach(name -> dump(reader, path.equals("/") ? "/" + name : path + "/" + name));
        }

        private static String body(final WireClient reader)
        {
            final WireClient.Reply reply = reader.reply();

            return reply.error() + " " + HexFormat.of().formatHex(WireClient.bytes(reply.body()));
        }
    }
}

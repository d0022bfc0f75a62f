/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The disk of one real server hangs or is full while clients of every server write and read. The other servers go on;
 * that one steps aside and comes back by itself. Some order must explain what the clients were told. Takes a minute or
 * two, so it runs only with -Dcaracal.compatibility.full=true.
 */
@EnabledIfSystemProperty(named = "caracal.compatibility.full", matches = "true")
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DisksOfOneTest
{
    private static final int SMALL = 3;
    private static final long SEED = 815;
    private static final long ANSWERS = 300;
    private static final int LARGE = 900_000;
    private static final int LARGE_MAX = 600;

    private HeldDisks disks;
    private LocalEnsemble ensemble;
    private ChildJvm recorder;
    private Path history;

    @BeforeEach
    void start() throws IOException
    {
        HeldDisks.require("DisksOfOneTest");
        disks = new HeldDisks(SMALL);
        ensemble = new LocalEnsemble(disks, 3, "syncLimit=2", "forceSync=yes");
        history = Files.createTempFile(Files.createDirectories(Path.of("target", "servers")), "history", ".txt")
            .toAbsolutePath();
        final List<String> arguments = new ArrayList<>(List.of(history.toString(), Long.toString(SEED)));
        for (int id = 1; id <= ensemble.size(); id++)
        {
            arguments.add(ensemble.connectString(id));
        }
        recorder = ChildJvm.startOwn("recorder", List.of(), List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
            Recorder.class.getName(), arguments);
        recorder.awaitLine(Recorder.READY, LocalEnsemble.LIMIT_MS);
        awaitAnswers();
    }

    @AfterEach
    void stop() throws IOException
    {
        if (recorder != null)
        {
            recorder.close();
        }
        if (ensemble != null)
        {
            ensemble.close();
        }
        if (disks != null)
        {
            disks.close();
        }
        if (history != null)
        {
            Files.delete(history);
        }
    }

    @Test
    void shouldKeepItsPromisesWhileTheDiskOfOneHangsOrIsFull() throws Exception
    {
        hang(ensemble.other(ensemble.leader()));
        hang(ensemble.leader());
        fill();
        recorder.close();
        assertEquals(Recorder.REGISTERS, new RecordedHistory(history).judge());
    }

    /** Hangs a disk. A follower leaves and a leader hands over; each serves again when its disk does. */
    private void hang(final int id)
    {
        disks.hold(id, true);
        awaitAside(id);
        awaitAnswers();
        disks.hold(id, false);
        ensemble.awaitAllServing();
        awaitAnswers();
    }

    /** Fills the disk of the small server. Large writes then use up what it has reserved. */
    private void fill() throws Exception
    {
        disks.disk().fill();
        try (Witness writer = new Witness(ensemble.connectString(ensemble.other(SMALL))))
        {
            // Not List.of: the client checks whether the list contains null, and List.of would throw.
            writer.client().create("/large", new byte[0],
                Collections.singletonList(new ACL(ZooDefs.Perms.ALL, new Id("world", "anyone"))),
                CreateMode.PERSISTENT);
            for (int i = 0; i < LARGE_MAX && !ensemble.mode(SMALL).isEmpty(); i++)
            {
                writer.client().setData("/large", new byte[LARGE], -1);
            }
        }
        awaitAside(SMALL);
        awaitAnswers();
        disks.disk().free();
        ensemble.awaitAllServing();
        awaitAnswers();
    }

    private void awaitAside(final int id)
    {
        Await.until("server " + id + " steps aside", LocalEnsemble.LIMIT_MS, () -> ensemble.mode(id).isEmpty());
        Await.until("the others have a leader", LocalEnsemble.LIMIT_MS, () -> ensemble.leader() != id);
    }

    private void awaitAnswers()
    {
        final long before = RecordedHistory.answers(history);
        Await.until("answers: ", recorder::tail, LocalEnsemble.LIMIT_MS,
            () -> RecordedHistory.answers(history) >= before + ANSWERS);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills two small file systems that it finds mounted, one with the log and one with everything else: each alone, then
 * both. Then frees them again. Prints every step.
 */
public final class FullDisksMain
{
    private static final int LENGTH = 50_000;

    /** After this many refusals in a row, there is no room at all. */
    private static final int SNAPSHOT_RECORDS = 50;

    private final RealStorage storage;
    private StorageDriver driver;
    private long zxid;
    private long epoch;

    private FullDisksMain(final Path data, final Path log)
    {
        storage = new RealStorage(data, context -> context.dataLogDir(log).onFailure(Throwable::printStackTrace));
    }

    public static void main(final String[] arguments) throws IOException
    {
        final Path data = Path.of(arguments[0], "data");
        final Path log = Path.of(arguments[0], "log");
        final FullDisksMain server = new FullDisksMain(data, log);
        server.start();
        server.goOn();
        server.fill("data", List.of(data));
        server.fill("log", List.of(log));
        server.fill("data and log", List.of(data, log));
        server.storage.shutDown();
        System.out.println("ok");
    }

    private void start()
    {
        storage.open();
        driver = new StorageDriver(storage);
        driver.start();
        FullDiskMain.check(driver.replayEnd >= zxid, "the log ends at " + driver.replayEnd + ", durable " + zxid);
        zxid = driver.replayEnd;
        FullDiskMain.check(storage.epochStore().currentEpoch() == epoch, "epoch " + storage.epochStore()
            .currentEpoch());
    }

    private void fill(final String what, final List<Path> disks) throws IOException
    {
        final List<Path> ballast = new ArrayList<>();
        for (final Path disk : disks)
        {
            ballast.add(disk.resolve("ballast"));
            FullDiskMain.fill(disk.resolve("ballast"));
        }

        final boolean isLogFull = what.endsWith("log");
        if (isLogFull)
        {
            appendUntilRefused();
            FullDiskMain.check(!storage.snapshotStore().begin(zxid), "a snapshot was begun without room for the log");
        }
        else
        {
            driver.appendDurably(++zxid, LENGTH);
            FullDiskMain.check(!snapshot(), "a snapshot was published on a full disk");
            driver.appendDurably(++zxid, LENGTH);
        }
        store();
        System.out.println(what + " full");

        storage.shutDown();
        for (final Path file : ballast)
        {
            Files.delete(file);
            FullDiskMain.fill(file);
        }
        start();
        store();
        System.out.println(what + " full at a start");

        for (final Path file : ballast)
        {
            Files.delete(file);
        }
        goOn();
        System.out.println(what + " free");
    }

    private void appendUntilRefused()
    {
        driver.appendUntilRefused(driver.durableZxid, LENGTH);
        zxid = driver.durableZxid;
    }

    private void store()
    {
        epoch++;
        FullDiskMain.check(storage.epochStore().store(epoch, 1, epoch), "store of epochs");
        driver.await("epochs", () ->
        {
            driver.poll();
            return storage.epochStore().currentEpoch() == epoch;
        });
    }

    private boolean snapshot()
    {
        final int news = driver.snapshotNews.size();
        driver.beginSnapshot(zxid, SNAPSHOT_RECORDS);
        driver.await("end of a snapshot", () ->
        {
            driver.poll();
            return driver.snapshotNews.size() > news;
        });
        return driver.snapshotNews.get(news).startsWith("published");
    }

    private void goOn()
    {
        driver.await("room", () ->
        {
            driver.poll();
            return !driver.isExhausted;
        });
        driver.appendDurably(++zxid, LENGTH);
        store();
        driver.await("published snapshot", this::snapshot);
        storage.journal().release(zxid);
        storage.opened().purge(3);
    }
}

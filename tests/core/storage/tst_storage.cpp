// SPDX-License-Identifier: Apache-2.0
#include "storage/storage.h"

#include "records.h"
#include "support/test_program.h"

#include <QFileInfo>

namespace tst_storage {

using namespace Qt::StringLiterals;
using base::ErrorCode;
using base::Secret;
using lifecycle::Ring;
using lifecycle::SecretPlace;
using storage::Storage;
using support::await;

class TestStorage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sharesADirectoryBetweenProcesses()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"new/data"_s);
        auto desktop = await(Storage::open(path, u"sealwright"_s)).value();
        auto agent = await(Storage::open(path, u"sealwright-cli"_s)).value();
        QVERIFY(await(desktop->authorities().insert(records::authority(u"ca"_s, u"Internal"_s))));
        QCOMPARE(await(agent->authorities().byId(u"ca"_s)).value().name, u"Internal"_s);
        QCOMPARE(agent->directory().otherHolders(), QStringList(desktop->directory().description()));

        const auto lease = desktop->leases().acquire(u"order:1"_s);
        QCOMPARE(agent->leases().acquire(u"order:1"_s).error().detail(), desktop->directory().description());
    }

    void sealsIntoAnExistingVaultFromTheStart()
    {
        QTemporaryDir folder;
        const SecretPlace place {u"account"_s, u"1"_s, u"private_key"_s};
        auto first = await(Storage::open(folder.path(), u"sealwright"_s)).value();
        QVERIFY(await(first->vault().create(std::make_shared<const Secret>(QByteArrayView("open sesame")))));
        auto second = await(Storage::open(folder.path(), u"sealwright-cli"_s)).value();
        const auto sealed = second->vault().seal(Ring::Operator, place, Secret("key bytes"));
        QVERIFY(sealed);
        QVERIFY(first->vault().open(Ring::Operator, place, *sealed).value() == Secret("key bytes"));
    }

    void leavesOnlyTheDatabaseBehind()
    {
        QTemporaryDir folder;
        auto storage = await(Storage::open(folder.path(), u"sealwright"_s)).value();
        QVERIFY(await(storage->authorities().insert(records::authority(u"ca"_s, u"Internal"_s))));
        storage.reset();
        QVERIFY(!QFileInfo::exists(folder.filePath(u"sealwright.sqlite-wal"_s)));
        QVERIFY(QDir(folder.filePath(u"holders"_s)).isEmpty());
        storage = await(Storage::open(folder.path(), u"sealwright"_s)).value();
        QVERIFY(await(storage->authorities().byId(u"ca"_s)));
    }

    void saysWhyADirectoryCannotBeOpened()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"file"_s);
        QVERIFY(base::platform::writeFile(path, "x", base::platform::Overwrite::No, true));
        const auto opened = await(Storage::open(path, u"sealwright"_s));
        QVERIFY(!opened);
        QCOMPARE(opened.error().code(), ErrorCode::File);
        QVERIFY(opened.error().message().contains(path));
    }
};

SEALWRIGHT_TEST(TestStorage)

} // namespace tst_storage

#include "tst_storage.moc"

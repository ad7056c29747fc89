// SPDX-License-Identifier: Apache-2.0
#include "integration/command_line.h"
#include "support/pebble_server.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_tags {

using namespace Qt::StringLiterals;
using integration::CommandLine;
using integration::Run;

namespace {

/// The values of one field of an array's objects.
QStringList column(const QJsonArray& documents, const QString& field)
{
    QStringList values;
    for (const QJsonValue& document : documents)
        values.append(document[field].toVariant().toString());
    return values;
}

QStringList texts(const QJsonValue& array)
{
    return array.toVariant().toStringList();
}

} // namespace

/// Tags by the command line, with a real server.
class TestTags : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tagsFromTheOrderToTheReissue()
    {
        const auto pebble = support::startPebble();
        const CommandLine cli;
        cli.prepare(*pebble.server);
        const Run tagged = cli.run(CommandLine::issuing({u"a.test"_s}, *pebble.server,
                                                        {u"--tag"_s, u"web"_s, u"--tag"_s, u"team payments"_s}));
        QVERIFY2(tagged.exitCode == 0, tagged.errors.constData());
        const Run plain = cli.run(CommandLine::issuing({u"b.test"_s}, *pebble.server));
        QVERIFY2(plain.exitCode == 0, plain.errors.constData());
        const QString first = tagged.object()[u"id"_s].toString();
        const QString second = plain.object()[u"id"_s].toString();

        const Run changed = cli.run({u"certificate"_s, u"tag"_s, first, second, u"--add"_s, u"prod"_s, u"--add"_s,
                                     u"eu"_s, u"--remove"_s, u"WEB"_s});
        QVERIFY2(changed.exitCode == 0, changed.errors.constData());
        QCOMPARE(column(changed.array(), u"id"_s), QStringList({first, second}));
        QCOMPARE(texts(changed.array()[0][u"tags"_s]), QStringList({u"eu"_s, u"prod"_s, u"team payments"_s}));
        const Run listed = cli.run({u"tag"_s, u"list"_s});
        QCOMPARE(listed.exitCode, 0);
        QCOMPARE(column(listed.array(), u"name"_s), QStringList({u"eu"_s, u"prod"_s, u"team payments"_s}));
        QCOMPARE(column(listed.array(), u"certificates"_s), QStringList({u"2"_s, u"2"_s, u"1"_s}));
        const QJsonObject shown = cli.run({u"certificate"_s, u"show"_s, first}).object();
        QCOMPARE(texts(shown[u"tags"_s]), QStringList({u"eu"_s, u"prod"_s, u"team payments"_s}));

        const auto found = [&](const QString& filter) {
            return column(cli.run({u"certificate"_s, u"list"_s, u"--filter"_s, filter}).array(), u"id"_s);
        };
        QCOMPARE(found(u"tag:prod"_s), QStringList({first, second}));
        QCOMPARE(found(u"tag:\"team payments\""_s), QStringList(first));
        QCOMPARE(found(u"b. tag:eu"_s), QStringList(second));
        QCOMPARE(found(u"prod"_s), QStringList());

        const QString root = rootOfCertificates(cli);
        for (const QString& mistake : {u"nobody has it"_s, QString()}) {
            const Run refused =
                cli.run({u"authority"_s, u"reissue"_s, u"pebble"_s, u"--root"_s, root, u"--tag"_s, mistake});
            QCOMPARE(refused.exitCode, 2);
        }
        const Run reissued =
            cli.run({u"authority"_s, u"reissue"_s, u"pebble"_s, u"--root"_s, root, u"--tag"_s, u"Team Payments"_s});
        QVERIFY2(reissued.exitCode == 0, reissued.errors.constData());
        QCOMPARE(versions(cli, first), 2);
        QCOMPARE(versions(cli, second), 1);
    }

    void refusesMistakesAndChangesNothing()
    {
        const auto pebble = support::startPebble();
        const CommandLine cli;
        cli.prepare(*pebble.server);
        QCOMPARE(cli.run(CommandLine::issuing({u"a.test"_s}, *pebble.server, {u"--tag"_s, u"a,b"_s})).exitCode, 2);
        QCOMPARE(cli.run({u"order"_s, u"list"_s}).array().size(), 0);
        const Run issued = cli.run(CommandLine::issuing({u"a.test"_s}, *pebble.server, {u"--tag"_s, u"web"_s}));
        QVERIFY2(issued.exitCode == 0, issued.errors.constData());
        const QStringList tag {u"certificate"_s, u"tag"_s, issued.object()[u"id"_s].toString()};
        QCOMPARE(cli.run(tag).exitCode, 2);
        QCOMPARE(cli.run(tag + QStringList {u"--add"_s, u" "_s}).exitCode, 2);
        QCOMPARE(cli.run(tag + QStringList {u"--add"_s, u"x"_s, u"--remove"_s, u"X"_s}).exitCode, 2);
        const Run unknown = cli.run(tag + QStringList {u"no-such-id"_s, u"--add"_s, u"x"_s, u"--remove"_s, u"web"_s});
        QCOMPARE(unknown.exitCode, 1);
        QCOMPARE(unknown.object()[u"error"_s][u"code"_s].toString(), u"not-found"_s);
        QVERIFY2(unknown.errors.contains("no-such-id"), unknown.errors.constData());
        QCOMPARE(column(cli.run({u"tag"_s, u"list"_s}).array(), u"name"_s), QStringList(u"web"_s));
    }

private:
    static QString rootOfCertificates(const CommandLine& cli)
    {
        const QJsonArray roots = cli.run({u"authority"_s, u"roots"_s, u"pebble"_s}).array();
        for (const QJsonValue& root : roots)
            if (root[u"certificates"_s].toInt() > 0)
                return root[u"name"_s].toString();
        return QString();
    }

    static int versions(const CommandLine& cli, const QString& id)
    {
        return static_cast<int>(cli.run({u"certificate"_s, u"show"_s, id}).object()[u"versions"_s].toArray().size());
    }
};

SEALWRIGHT_TEST(TestTags)

} // namespace tst_tags

#include "tst_tags.moc"

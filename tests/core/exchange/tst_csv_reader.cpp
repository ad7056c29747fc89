// SPDX-License-Identifier: Apache-2.0
#include "exchange/csv_reader.h"

#include "support/test_program.h"

#include <QTest>

namespace tst_csv_reader {

using namespace Qt::StringLiterals;

namespace {

/// The cells of every record, for comparing.
QList<QByteArrayList> cells(const QByteArray& text)
{
    const auto table = exchange::readCsv(text);
    if (!table)
        qFatal("%s", qPrintable(table.error().message()));
    QList<QByteArrayList> all;
    for (const exchange::CsvRecord& record : table->records)
        all.append(QByteArrayList(record.cells));
    return all;
}

} // namespace

class TestCsvReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // the seven rules of RFC 4180 section 2, with its own examples
    void readsTheExamplesOfRfc4180_data()
    {
        QTest::addColumn<QByteArray>("text");
        const QByteArray plain = "aaa,bbb,ccc\r\nzzz,yyy,xxx";
        QTest::newRow("1: a record a line") << plain + "\r\n";
        QTest::newRow("2: no last line break") << plain;
        QTest::newRow("5: quoted or not") << QByteArray("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx");
        QTest::newRow("LF alone") << QByteArray("aaa,bbb,ccc\nzzz,yyy,xxx\n");
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF") + plain;
        QTest::newRow("semicolons") << QByteArray("aaa;bbb;ccc\r\nzzz;yyy;xxx\r\n");
        QTest::newRow("empty lines") << QByteArray("\r\naaa,bbb,ccc\r\n\r\nzzz,yyy,xxx\r\n\r\n");
    }

    void readsTheExamplesOfRfc4180()
    {
        QFETCH(QByteArray, text);
        const QList<QByteArrayList> expected {{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}};
        QCOMPARE(cells(text), expected);
    }

    void keepsDelimitersLineBreaksAndQuotesInsideQuotes()
    {
        const QList<QByteArrayList> lineBreak {{"aaa", "b \r\nbb", "ccc"}, {"zzz", "yyy", "xxx"}};
        QCOMPARE(cells("\"aaa\",\"b \r\nbb\",\"ccc\"\r\nzzz,yyy,xxx"), lineBreak);
        const QList<QByteArrayList> quote {{"aaa", "b\"bb", "ccc"}};
        QCOMPARE(cells("\"aaa\",\"b\"\"bb\",\"ccc\""), quote);
        const QList<QByteArrayList> delimiter {{"a;b", "c,d", ""}};
        QCOMPARE(cells("\"a;b\";\"c,d\";"), delimiter);
    }

    void tellsTheLineWhereARecordBegins()
    {
        const auto table = exchange::readCsv("a,b\n\"1\n2\",3\n\n4,5\n");
        QVERIFY(table);
        QCOMPARE(table->records.size(), 3);
        QCOMPARE(table->records[1].line, 2);
        QCOMPARE(table->records[2].line, 5);
    }

    void refusesWhatIsNoCsvAndTellsTheLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("quote inside") << QByteArray("a,b\n1,2\"3\n") << u"line 2 has a quote inside"_s;
        QTest::newRow("text behind a quote") << QByteArray("a,b\n1,\"2\"3\n") << u"line 2 has text behind"_s;
        QTest::newRow("never closed") << QByteArray("a,b\n1,\"2\n3,4\n") << u"line 2 has a quote that is never"_s;
        QTest::newRow("too few") << QByteArray("a,b\n1,2\n3\n") << u"line 3 has 1 cells where the first line has 2"_s;
        QTest::newRow("too many") << QByteArray("a,b\n1,2,3\n") << u"line 2 has 3 cells"_s;
    }

    void refusesWhatIsNoCsvAndTellsTheLine()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        const auto table = exchange::readCsv(text);
        QVERIFY(!table);
        QCOMPARE(table.error().field(), u"file"_s);
        QVERIFY2(table.error().detail().contains(words), qPrintable(table.error().detail()));
    }
};

SEALWRIGHT_TEST(TestCsvReader)

} // namespace tst_csv_reader

#include "tst_csv_reader.moc"

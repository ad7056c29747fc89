// SPDX-License-Identifier: Apache-2.0
#include "app/cli/output.h"

#include "support/test_program.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

namespace tst_output {

using namespace Qt::StringLiterals;

/// The text that people read; scripts get the document as it is.
class TestOutput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsInternationalizedNamesInUnicode();
};

void TestOutput::showsInternationalizedNamesInUnicode()
{
    // RFC 3492 writes “bücher” as “bcher-kva”
    const QJsonObject certificate {{u"id"_s, u"1"_s},
                                   {u"names"_s, QJsonArray {u"xn--bcher-kva.example"_s, u"*.plain.example"_s}}};
    const QString table = cli::asText({QJsonArray {certificate}, {u"id"_s, u"names"_s}});
    QVERIFY2(table.contains(u"bücher.example, *.plain.example"_s), qPrintable(table));
    const QString fields = cli::asText({certificate});
    QVERIFY2(fields.contains(u"bücher.example, *.plain.example"_s), qPrintable(fields));
    const QString authorization = cli::asText({QJsonObject {{u"identifier"_s, u"xn--bcher-kva.example"_s}}});
    QVERIFY2(authorization.contains(u"bücher.example"_s), qPrintable(authorization));
}

SEALWRIGHT_TEST(TestOutput)

} // namespace tst_output

#include "tst_output.moc"

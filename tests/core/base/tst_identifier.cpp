// SPDX-License-Identifier: Apache-2.0
#include "base/identifier.h"

#include "support/test_program.h"

#include <QTest>

namespace tst_identifier {

using namespace Qt::StringLiterals;

/// Names as they are typed, sent and shown.
class TestIdentifier : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isSentInALabelsAndShownInUnicode_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("sent");
        QTest::addColumn<QString>("shown");
        // The A-labels are those that Python's codec "idna" gives.
        QTest::newRow("public") << u"bücher.de"_s << u"xn--bcher-kva.de"_s << u"bücher.de"_s;
        QTest::newRow("internal") << u"bücher.internal"_s << u"xn--bcher-kva.internal"_s << u"bücher.internal"_s;
        QTest::newRow("corp") << u"BÜCHER.corp"_s << u"xn--bcher-kva.corp"_s << u"bücher.corp"_s;
        QTest::newRow("wildcard") << u"*.bücher.lan"_s << u"*.xn--bcher-kva.lan"_s << u"*.bücher.lan"_s;
        QTest::newRow("one label") << u"www.bücher.example"_s << u"www.xn--bcher-kva.example"_s
                                   << u"www.bücher.example"_s;
        QTest::newRow("typed as A-label")
            << u"xn--bcher-kva.internal"_s << u"xn--bcher-kva.internal"_s << u"bücher.internal"_s;
        QTest::newRow("ASCII") << u"www.corp.example"_s << u"www.corp.example"_s << u"www.corp.example"_s;
        QTest::newRow("no Punycode") << u"xn--a.internal"_s << u"xn--a.internal"_s << u"xn--a.internal"_s;
    }

    void isSentInALabelsAndShownInUnicode()
    {
        QFETCH(QString, typed);
        const auto identifier = base::Identifier::parse(typed);
        QVERIFY(identifier);
        QTEST(identifier->value(), "sent");
        QTEST(identifier->displayName(), "shown");
    }
};

SEALWRIGHT_TEST(TestIdentifier)

} // namespace tst_identifier

#include "tst_identifier.moc"

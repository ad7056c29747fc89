// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/certificate_detail.h"

#include "support/test_program.h"
#include "ui/common/facts.h"
#include "ui/support/sample_scene.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTest>
#include <QTreeWidget>

namespace tst_certificate_detail {

using namespace Qt::StringLiterals;

/// What the panel beside the list tells about one certificate.
class TestCertificateDetail : public QObject {
    Q_OBJECT

    static const ui::Facts* factsOf(const ui::CertificateDetail& detail) { return detail.findChild<ui::Facts*>(); }

private Q_SLOTS:
    void tellsTheAuthoritysWindowAndWhenItIsAskedAgain()
    {
        ui::CertificateDetail detail;
        lifecycle::CertificateDetails certificate = support::sampleScene().certificates.first();
        QVERIFY(certificate.renewal);
        detail.showDetails(certificate);
        const ui::Facts* facts = factsOf(detail);
        QVERIFY(!facts->value(u"Authority's window"_s).isEmpty());
        QVERIFY(!facts->value(u"Its explanation"_s).isEmpty());
        QVERIFY(!facts->value(u"Asked about it"_s).isEmpty());
        QVERIFY(!facts->value(u"Asks again"_s).isEmpty());
        QVERIFY2(facts->value(u"Asking failed"_s).contains(u"no answer within 10 s"_s),
                 qPrintable(facts->value(u"Asking failed"_s)));
    }

    void saysNothingAboutWindowsWhereTheAuthorityOffersNone()
    {
        ui::CertificateDetail detail;
        lifecycle::CertificateDetails certificate = support::sampleScene().certificates.first();
        certificate.renewal = lifecycle::RenewalInformation();
        certificate.renewal->askAt = QDateTime::currentDateTimeUtc();
        certificate.renewal->failure = base::Error(base::ErrorCode::Unsupported, u"none offered"_s);
        detail.showDetails(certificate);
        QVERIFY(factsOf(detail)->value(u"Asks again"_s).isEmpty());
        QVERIFY(factsOf(detail)->value(u"Asking failed"_s).isEmpty());
    }

    void leavesAloneWhatIsTheSame()
    {
        ui::CertificateDetail detail;
        lifecycle::CertificateDetails certificate = support::sampleScene().certificates.first();
        certificate.renewal.reset();
        constexpr int halfADay = 43'200; // so that no "in 4 days" becomes another one meanwhile
        for (QDateTime* moment : {&certificate.row.notBefore, &certificate.row.notAfter, &certificate.row.renewAt})
            *moment = moment->addSecs(halfADay);
        detail.showDetails(certificate);
        auto* report = detail.findChild<QTreeWidget*>(u"certificateReport"_s);
        auto* pem = detail.findChild<QPlainTextEdit*>(u"certificatePem"_s);
        report->topLevelItem(1)->setExpanded(false);
        pem->selectAll();
        const QPointer<QWidget> line = factsOf(detail)->findChild<QLabel*>();
        detail.showDetails(certificate);
        QVERIFY(!report->topLevelItem(1)->isExpanded());
        QVERIFY(pem->textCursor().hasSelection());
        QVERIFY(line);
        certificate.row.tags += u"new"_s;
        certificate.report.children.first().value = u"CN=other"_s;
        detail.showDetails(certificate);
        QVERIFY(!line);
        QVERIFY(factsOf(detail)->value(u"Tags"_s).contains(u"new"_s));
        QCOMPARE(report->topLevelItem(0)->text(1), u"CN=other"_s);
        QVERIFY(report->topLevelItem(1)->isExpanded());
    }
};

SEALWRIGHT_WINDOW_TEST(TestCertificateDetail)

} // namespace tst_certificate_detail

#include "tst_certificate_detail.moc"

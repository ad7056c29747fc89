// SPDX-License-Identifier: Apache-2.0
#include "ui/common/error_text.h"

#include "support/test_program.h"

#include <QJsonArray>
#include <QTest>

namespace tst_error_text {

using namespace Qt::StringLiterals;
using base::Error;
using base::ErrorCode;

namespace {

Error refusal(const QString& type, const QString& detail, const QJsonArray& subproblems = {})
{
    const QJsonObject json {
        {u"type"_s, u"urn:ietf:params:acme:error:"_s + type}, {u"detail"_s, detail}, {u"subproblems"_s, subproblems}};
    return Error(base::ProblemDocument::fromJson(json, 403));
}

} // namespace

class ErrorTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatHappenedAndWhatToDoForEveryCode_data();
    void saysWhatHappenedAndWhatToDoForEveryCode();
    void keepsTheDetailAsTheReason();
    void hidesTheDetailOfAWrongPassphrase();
    void repeatsTheServersWordsVerbatim();
    void namesEachRefusedIdentifier();
    void explainsTheTypesOfRfc8555_data();
    void explainsTheTypesOfRfc8555();
    void saysUntilWhenTheServerWantsToBeLeftAlone();
};

void ErrorTextTest::saysWhatHappenedAndWhatToDoForEveryCode_data()
{
    QTest::addColumn<int>("code");
    for (int code = 0; code <= static_cast<int>(ErrorCode::Cancelled); ++code)
        QTest::newRow(qPrintable(base::errorCodeName(static_cast<ErrorCode>(code)))) << code;
}

void ErrorTextTest::saysWhatHappenedAndWhatToDoForEveryCode()
{
    QFETCH(int, code);
    const ui::ErrorText text = ui::explain(Error(static_cast<ErrorCode>(code), u"inner workings"_s));
    QVERIFY(text.what.endsWith(u'.'));
    QVERIFY(text.next.endsWith(u'.'));
    QVERIFY(text.paragraph().startsWith(text.what));
}

void ErrorTextTest::keepsTheDetailAsTheReason()
{
    const ui::ErrorText text = ui::explain(Error(ErrorCode::AddressInUse, u"0.0.0.0:80 is held by nginx"_s));
    QCOMPARE(text.why, u"0.0.0.0:80 is held by nginx"_s);
    QVERIFY(text.next.contains(u"webroot"_s));
    QCOMPARE(text.sentence(), text.why);
}

void ErrorTextTest::hidesTheDetailOfAWrongPassphrase()
{
    const ui::ErrorText text = ui::explain(Error(ErrorCode::WrongPassphrase, u"slot 3: tag mismatch"_s));
    QVERIFY(!text.paragraph().contains(u"slot"_s));
    QVERIFY(text.what.contains(u"nothing was changed"_s));
}

void ErrorTextTest::repeatsTheServersWordsVerbatim()
{
    const ui::ErrorText text = ui::explain(refusal(u"weird"_s, u"Computer says no, %1 & <b>"_s));
    QCOMPARE(text.why, u"Computer says no, %1 & <b>"_s);
}

void ErrorTextTest::namesEachRefusedIdentifier()
{
    const QJsonArray subproblems {
        QJsonObject {{u"type"_s, u"rejectedIdentifier"_s},
                     {u"detail"_s, u"on the blocklist"_s},
                     {u"identifier"_s, QJsonObject {{u"type"_s, u"dns"_s}, {u"value"_s, u"a.example"_s}}}},
        QJsonObject {{u"type"_s, u"rejectedIdentifier"_s},
                     {u"detail"_s, u"too short"_s},
                     {u"identifier"_s, QJsonObject {{u"type"_s, u"dns"_s}, {u"value"_s, u"b.example"_s}}}},
    };
    const ui::ErrorText text = ui::explain(refusal(u"rejectedIdentifier"_s, u"Some names"_s, subproblems));
    QVERIFY(text.what.contains(u"does not issue for this name"_s));
    QCOMPARE(text.why, u"Some names\na.example: on the blocklist\nb.example: too short"_s);
}

void ErrorTextTest::explainsTheTypesOfRfc8555_data()
{
    // RFC 8555 section 6.7
    QTest::addColumn<QString>("type");
    for (const char* type : {"accountDoesNotExist",
                             "alreadyRevoked",
                             "badCSR",
                             "badNonce",
                             "badPublicKey",
                             "badRevocationReason",
                             "badSignatureAlgorithm",
                             "caa",
                             "compound",
                             "connection",
                             "dns",
                             "externalAccountRequired",
                             "incorrectResponse",
                             "invalidContact",
                             "malformed",
                             "orderNotReady",
                             "rateLimited",
                             "rejectedIdentifier",
                             "serverInternal",
                             "tls",
                             "unauthorized",
                             "unsupportedContact",
                             "unsupportedIdentifier",
                             "userActionRequired"})
        QTest::newRow(type) << QString::fromLatin1(type);
}

void ErrorTextTest::explainsTheTypesOfRfc8555()
{
    QFETCH(QString, type);
    const QString generic = ui::explain(refusal(u"unheardOf"_s, u"x"_s)).what;
    const ui::ErrorText text = ui::explain(refusal(type, u"the server's own words"_s));
    QVERIFY(text.what != generic);
    QCOMPARE(text.why, u"the server's own words"_s);
    QVERIFY(!text.next.isEmpty());
}

void ErrorTextTest::saysUntilWhenTheServerWantsToBeLeftAlone()
{
    const QDateTime until = QDateTime::currentDateTimeUtc().addSecs(3 * 3600);
    const ui::ErrorText text = ui::explain(refusal(u"rateLimited"_s, u"slow down"_s).retryingAt(until));
    QVERIFY(text.next.contains(until.toLocalTime().toString(u"HH:mm"_s)));
}

SEALWRIGHT_WINDOW_TEST(ErrorTextTest)

} // namespace tst_error_text

#include "tst_error_text.moc"

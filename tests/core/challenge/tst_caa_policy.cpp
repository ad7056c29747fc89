// SPDX-License-Identifier: Apache-2.0
#include "challenge/caa_policy.h"
#include "challenge/caa_property.h"
#include "support/test_program.h"

#include <QTest>

namespace tst_caa_policy {

using namespace Qt::StringLiterals;
using challenge::CaaJudgement;
using challenge::CaaQuestion;
using Verdict = CaaJudgement::Verdict;

namespace {

dns::Record caa(const QByteArray& tag, const QByteArray& value, quint8 flags = 0)
{
    dns::Record record;
    record.type = dns::RecordType::Caa;
    record.tag = tag;
    record.value = value;
    record.flags = flags;
    return record;
}

CaaQuestion question(const QString& name, const QString& issuer, const QString& method = u"dns-01"_s,
                     const QString& account = {})
{
    return {*base::Identifier::parse(name), {issuer}, account, method};
}

Verdict verdict(const CaaQuestion& question, const QList<dns::Record>& records)
{
    return challenge::judgeCaa(question, question.name.baseName(), records).verdict;
}

QString sentenceOf(const CaaJudgement& judged)
{
    return challenge::sentenceOf({judged.statement});
}

} // namespace

/// The examples of RFC 8659 and RFC 8657, section by section.
class TestCaaPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void climbsTheTree();
    void climbsFromBelowTheAsterisk();
    void readsTheGrammar_data();
    void readsTheGrammar();
    void letsThoseIssueThatAreNamed();
    void forbidsEverybodyWhereNobodyIsNamed();
    void readsAMalformedValueAsNobody();
    void addsAuthorizationsUp();
    void keepsWildcardsApart();
    void ignoresRulesForWildcardsElsewhere();
    void doesNotRestrictByAReportAddress();
    void respectsACriticalTagThatItDoesNotKnow();
    void respectsTheAccount();
    void respectsTheMethod();
    void respectsBothTogether();
    void saysWhatItDoesNotKnow();
};

void TestCaaPolicy::climbsTheTree()
{
    QCOMPARE(challenge::caaNames(*base::Identifier::parse(u"x.y.z.example"_s)),
             QStringList({u"x.y.z.example"_s, u"y.z.example"_s, u"z.example"_s, u"example"_s}));
    QVERIFY(challenge::caaNames(*base::Identifier::parse(u"192.0.2.1"_s)).isEmpty());
    QCOMPARE(verdict(question(u"x.y.z.example"_s, u"ca1.example.net"_s), {}), Verdict::Allowed);
}

void TestCaaPolicy::climbsFromBelowTheAsterisk()
{
    QCOMPARE(challenge::caaNames(*base::Identifier::parse(u"*.y.example"_s)),
             QStringList({u"y.example"_s, u"example"_s}));
}

void TestCaaPolicy::readsTheGrammar_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<int>("parameters");
    QTest::newRow("name") << QByteArray("ca1.example.net") << true << u"ca1.example.net"_s << 0;
    QTest::newRow("letter case") << QByteArray(" CA1.Example.net\t") << true << u"ca1.example.net"_s << 0;
    QTest::newRow("nobody") << QByteArray(";") << true << QString() << 0;
    QTest::newRow("empty") << QByteArray() << true << QString() << 0;
    QTest::newRow("nothing follows") << QByteArray("ca1.example.net; ") << true << u"ca1.example.net"_s << 0;
    QTest::newRow("parameter") << QByteArray("ca1.example.net; account=230123") << true << u"ca1.example.net"_s << 1;
    QTest::newRow("blanks") << QByteArray("ca1.example.net ; a = 1 ;b=2") << true << u"ca1.example.net"_s << 2;
    QTest::newRow("no value") << QByteArray("ca1.example.net; a=") << true << u"ca1.example.net"_s << 1;
    QTest::newRow("percent") << QByteArray("%%%%%") << false << QString() << 0;
    QTest::newRow("blank inside") << QByteArray("ca1.example.net account=1") << false << QString() << 0;
    QTest::newRow("no equals") << QByteArray("ca1.example.net; account") << false << QString() << 0;
    QTest::newRow("hyphen at the end") << QByteArray("ca-.example.net") << false << QString() << 0;
    QTest::newRow("semicolon at the end") << QByteArray("ca1.example.net; a=1;") << false << QString() << 0;
    QTest::newRow("line") << QByteArray("ca1.example.net\n") << false << QString() << 0;
}

void TestCaaPolicy::readsTheGrammar()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, valid);
    QFETCH(QString, issuer);
    QFETCH(int, parameters);
    const auto property = challenge::CaaProperty::parse(value);
    QCOMPARE(property.has_value(), valid);
    if (!property)
        return;
    QCOMPARE(property->issuer, issuer);
    QCOMPARE(property->parameters.size(), parameters);
}

// RFC 8659 section 4.2
void TestCaaPolicy::letsThoseIssueThatAreNamed()
{
    const QList<dns::Record> records {caa("issue", "ca1.example.net"), caa("issue", "ca2.example.org")};
    QCOMPARE(verdict(question(u"certs.example.com"_s, u"ca1.example.net"_s), records), Verdict::Allowed);
    QCOMPARE(verdict(question(u"certs.example.com"_s, u"CA2.example.org"_s), records), Verdict::Allowed);
    const auto denied =
        challenge::judgeCaa(question(u"certs.example.com"_s, u"ca3.example"_s), u"certs.example.com"_s, records);
    QCOMPARE(denied.verdict, Verdict::Denied);
    for (const QString& word : {u"certs.example.com"_s, u"ca1.example.net"_s, u"ca2.example.org"_s, u"ca3.example"_s})
        QVERIFY2(sentenceOf(denied).contains(word), qPrintable(sentenceOf(denied)));
    QCOMPARE(verdict(question(u"account.example.com"_s, u"ca1.example.net"_s),
                     {caa("issue", "ca1.example.net; account=230123")}),
             Verdict::Allowed);
}

void TestCaaPolicy::forbidsEverybodyWhereNobodyIsNamed()
{
    QCOMPARE(verdict(question(u"nocerts.example.com"_s, u"ca1.example.net"_s), {caa("issue", ";")}), Verdict::Denied);
}

void TestCaaPolicy::readsAMalformedValueAsNobody()
{
    QCOMPARE(verdict(question(u"malformed.example.com"_s, u"ca1.example.net"_s), {caa("issue", "%%%%%")}),
             Verdict::Denied);
}

void TestCaaPolicy::addsAuthorizationsUp()
{
    QCOMPARE(verdict(question(u"certs.example.com"_s, u"ca1.example.net"_s),
                     {caa("issue", ";"), caa("issue", "ca1.example.net")}),
             Verdict::Allowed);
}

// RFC 8659 section 4.3
void TestCaaPolicy::keepsWildcardsApart()
{
    const QList<dns::Record> wild {caa("issue", "ca1.example.net"), caa("issuewild", "ca2.example.org")};
    QCOMPARE(verdict(question(u"sub.wild.example.com"_s, u"ca1.example.net"_s), wild), Verdict::Allowed);
    QCOMPARE(verdict(question(u"sub.wild.example.com"_s, u"ca2.example.org"_s), wild), Verdict::Denied);
    QCOMPARE(verdict(question(u"*.wild.example.com"_s, u"ca1.example.net"_s), wild), Verdict::Denied);
    QCOMPARE(verdict(question(u"*.wild.example.com"_s, u"ca2.example.org"_s), wild), Verdict::Allowed);
    const QList<dns::Record> wild2 {caa("issue", "ca1.example.net")};
    QCOMPARE(verdict(question(u"*.sub.wild2.example.com"_s, u"ca1.example.net"_s), wild2), Verdict::Allowed);
    QCOMPARE(verdict(question(u"*.sub.wild2.example.com"_s, u"ca2.example.org"_s), wild2), Verdict::Denied);
}

void TestCaaPolicy::ignoresRulesForWildcardsElsewhere()
{
    const QList<dns::Record> closed {caa("issuewild", "ca2.example.org"), caa("issue", ";")};
    QCOMPARE(verdict(question(u"*.wild3.example.com"_s, u"ca2.example.org"_s), closed), Verdict::Allowed);
    QCOMPARE(verdict(question(u"wild3.example.com"_s, u"ca2.example.org"_s), closed), Verdict::Denied);
    const QList<dns::Record> open {caa("issuewild", "ca2.example.org")};
    QCOMPARE(verdict(question(u"*.wild3.example.com"_s, u"ca1.example.net"_s), open), Verdict::Denied);
    QCOMPARE(verdict(question(u"wild3.example.com"_s, u"ca1.example.net"_s), open), Verdict::Allowed);
}

// RFC 8659 section 4.4: iodef alone restricts nobody
void TestCaaPolicy::doesNotRestrictByAReportAddress()
{
    QCOMPARE(verdict(question(u"report.example.com"_s, u"ca3.example"_s),
                     {caa("iodef", "mailto:security@example.com"), caa("iodef", "https://iodef.example.com/", 128)}),
             Verdict::Allowed);
}

// RFC 8659 section 4.5
void TestCaaPolicy::respectsACriticalTagThatItDoesNotKnow()
{
    const auto asked = question(u"new.example.com"_s, u"ca1.example.net"_s);
    QCOMPARE(verdict(asked, {caa("issue", "ca1.example.net"), caa("tbs", "Unknown", 128)}), Verdict::Denied);
    // section 4.1: "the Flags value 1 means that bit 7 is set", which is reserved and ignored
    QCOMPARE(verdict(asked, {caa("issue", "ca1.example.net"), caa("tbs", "Unknown", 1)}), Verdict::Allowed);
}

// RFC 8657 appendix A
void TestCaaPolicy::respectsTheAccount()
{
    const QList<dns::Record> records {caa("issue", "example.net; accounturi=https://example.net/account/1234"),
                                      caa("issue", "example.net; accounturi=https://example.net/account/2345")};
    const auto as = [&](const QString& account) {
        return verdict(question(u"example.com"_s, u"example.net"_s, u"dns-01"_s, account), records);
    };
    QCOMPARE(as(u"https://example.net/account/1234"_s), Verdict::Allowed);
    QCOMPARE(as(u"https://example.net/account/2345"_s), Verdict::Allowed);
    QCOMPARE(as(u"https://example.net/account/3456"_s), Verdict::Denied);
    QCOMPARE(as(QString()), Verdict::Unknown);
    // section 3: "A Property with multiple accounturi parameters is unsatisfiable"
    QCOMPARE(verdict(question(u"example.com"_s, u"example.net"_s, u"dns-01"_s, u"a:1"_s),
                     {caa("issue", "example.net; accounturi=a:1; accounturi=a:1")}),
             Verdict::Denied);
}

void TestCaaPolicy::respectsTheMethod()
{
    const auto by = [](const QString& method, const QList<dns::Record>& records) {
        return verdict(question(u"example.com"_s, u"example.net"_s, method), records);
    };
    const QList<dns::Record> one {caa("issue", "example.net; validationmethods=dns-01,xyz-01")};
    const QList<dns::Record> two {caa("issue", "example.net; validationmethods=dns-01"),
                                  caa("issue", "example.net; validationmethods=xyz-01")};
    for (const auto& records : {one, two}) {
        QCOMPARE(by(u"dns-01"_s, records), Verdict::Allowed);
        QCOMPARE(by(u"xyz-01"_s, records), Verdict::Allowed);
        QCOMPARE(by(u"http-01"_s, records), Verdict::Denied);
    }
    const QList<dns::Record> own {caa("issue", "example.net; validationmethods=dns-01,ca-foo")};
    QCOMPARE(by(u"dns-01"_s, own), Verdict::Allowed);
    QCOMPARE(by(u"tls-alpn-01"_s, own), Verdict::Denied);
}

void TestCaaPolicy::respectsBothTogether()
{
    const QList<dns::Record> records {
        caa("issue", "example.net; accounturi=https://example.net/account/1234; validationmethods=dns-01"),
        caa("issue", "example.net; accounturi=https://example.net/account/2345; validationmethods=http-01")};
    const auto as = [&](const QString& account, const QString& method) {
        return verdict(question(u"example.com"_s, u"example.net"_s, method, account), records);
    };
    QCOMPARE(as(u"https://example.net/account/1234"_s, u"dns-01"_s), Verdict::Allowed);
    QCOMPARE(as(u"https://example.net/account/2345"_s, u"http-01"_s), Verdict::Allowed);
    QCOMPARE(as(u"https://example.net/account/1234"_s, u"http-01"_s), Verdict::Denied);
    QCOMPARE(as(u"https://example.net/account/2345"_s, u"dns-01"_s), Verdict::Denied);
}

void TestCaaPolicy::saysWhatItDoesNotKnow()
{
    CaaQuestion asked = question(u"www.corp.example"_s, {});
    asked.issuers.clear();
    const auto judged = challenge::judgeCaa(asked, u"corp.example"_s, {caa("issue", "ca.example")});
    QCOMPARE(judged.verdict, Verdict::Unknown);
    QVERIFY2(sentenceOf(judged).contains(u"corp.example"_s) && sentenceOf(judged).contains(u"ca.example"_s),
             qPrintable(sentenceOf(judged)));
}

SEALWRIGHT_TEST(TestCaaPolicy)

} // namespace tst_caa_policy

#include "tst_caa_policy.moc"

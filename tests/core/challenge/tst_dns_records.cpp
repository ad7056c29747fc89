// SPDX-License-Identifier: Apache-2.0
#include "challenge/dns_account01_record.h"
#include "challenge/dns_persist01_finding.h"
#include "challenge/dns_persist01_record.h"
#include "support/test_program.h"
#include "support/verify_result.h"

#include <QTest>

namespace tst_dns_records {

using namespace Qt::StringLiterals;
using namespace challenge;
using base::ErrorCode;

namespace {

// draft-ietf-acme-dns-persist-02, its example of a hashed account URI
const ProvingAccount draftAccount {u"https://ca.example/acct/123"_s, u"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"_s};
const QString draftPrefix = u"https://ca.example/hashed/"_s;
const QString hashForExampleCom = draftPrefix + u"sha-256/5SQm7n6tPh2-PlLbCKGnViTXX5z19SCN4cPGQHSk-kw"_s;
const QString hashForAnyDomain = draftPrefix + u"sha-256/NpDnSwUthQK8zCgFdefYxAdAVPnygMLbs9US6oO-5ug"_s;

const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);

base::Identifier name(const QString& text)
{
    return *base::Identifier::parse(text);
}

DnsPersist01Demand demand(const QString& domain, bool needsWildcard = false)
{
    return {{{u"authority.example"_s, u"ca.example.net"_s}, {}}, draftAccount, domain, needsWildcard, now};
}

DnsPersist01Demand hashedDemand(const QString& domain)
{
    DnsPersist01Demand hashed = demand(domain);
    hashed.terms.accountHashPrefix = draftPrefix;
    return hashed;
}

} // namespace

class TestDnsRecords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesTheRecordOfAnAccount();
    void namesThePersistentRecordWithoutTheWildcard();
    void writesWhatTheDraftShows_data();
    void writesWhatTheDraftShows();
    void readsWhatItWrites();
    void readsEveryFormOfARecord();
    void refusesMalformedRecords_data();
    void refusesMalformedRecords();
    void splitsLongValuesForZoneFiles();
    void hashesTheAccountAsDraft02Does();
    void writesTheAccountsUrlForOlderAuthorities();
    void refusesMalformedChallenges_data();
    void refusesMalformedChallenges();
    void takesBothDialectsOfAChallenge();
    void judgesRecords_data();
    void judgesRecords();
    void judgesHashedRecords_data();
    void judgesHashedRecords();
    void prefersTheRecordThatLastsLongest();
    void knowsItsVerdictsByName();
    void warnsByFractionsOfTheLife();
};

void TestDnsRecords::namesTheRecordOfAnAccount()
{
    // draft-ietf-acme-dns-account-label section 3.2
    const QString account = u"https://example.com/acme/acct/ExampleAccount"_s;
    const QString record = u"_ujmmovf2vn55tgye._acme-challenge.example.org"_s;
    QCOMPARE(dnsAccount01RecordName(name(u"example.org"_s), account), record);
    QCOMPARE(dnsAccount01RecordName(name(u"*.example.org"_s), account), record);
    QVERIFY(dnsAccount01RecordName(name(u"example.org"_s), account + u'/') != record);
}

void TestDnsRecords::namesThePersistentRecordWithoutTheWildcard()
{
    QCOMPARE(dnsPersist01RecordName(name(u"*.example.com"_s)), u"_validation-persist.example.com"_s);
    QCOMPARE(dnsPersist01RecordName(name(u"example.com"_s)), u"_validation-persist.example.com"_s);
}

void TestDnsRecords::writesWhatTheDraftShows_data()
{
    QTest::addColumn<bool>("wildcard");
    QTest::addColumn<qint64>("until");
    QTest::addColumn<QByteArray>("value");
    // draft-ietf-acme-dns-persist-00 section 10
    const QByteArray basic = "authority.example; accounturi=https://ca.example/acct/123";
    QTest::newRow("10.1") << false << qint64(0) << basic;
    QTest::newRow("10.2") << true << qint64(0) << basic + "; policy=wildcard";
    QTest::newRow("10.3") << false << qint64(1721952000) << basic + "; persistUntil=1721952000";
    QTest::newRow("10.4") << true << qint64(1721952000) << basic + "; policy=wildcard; persistUntil=1721952000";
}

void TestDnsRecords::writesWhatTheDraftShows()
{
    QFETCH(bool, wildcard);
    QFETCH(qint64, until);
    QFETCH(QByteArray, value);
    DnsPersist01Record record {u"authority.example"_s, draftAccount.url, wildcard, {}};
    if (until > 0)
        record.persistUntil = until;
    QCOMPARE(record.toValue(), value);
}

void TestDnsRecords::readsWhatItWrites()
{
    const DnsPersist01Record record {u"authority.example"_s, hashForExampleCom, true, 1'721'952'000};
    const auto read = DnsPersist01Record::parse(record.toValue());
    QVERIFY_RESULT(read);
    QCOMPARE(*read, record);
}

void TestDnsRecords::readsEveryFormOfARecord()
{
    const auto read = DnsPersist01Record::parse(
        " authority.example\t;AccountURI = https://ca.example/acct/123;POLICY=WildCard ; future=thing; "
        "PERSISTUNTIL=1721952000");
    QVERIFY_RESULT(read);
    QCOMPARE(*read, (DnsPersist01Record {u"authority.example"_s, draftAccount.url, true, 1'721'952'000}));
    const auto other = DnsPersist01Record::parse("authority.example; accounturi=a:b; policy=specific-names");
    QVERIFY_RESULT(other);
    QVERIFY(!other->wildcard);
}

void TestDnsRecords::refusesMalformedRecords_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no issuer") << QByteArray("; accounturi=a:b");
    QTest::newRow("no account") << QByteArray("authority.example");
    QTest::newRow("empty account") << QByteArray("authority.example; accounturi=");
    QTest::newRow("no value") << QByteArray("authority.example; accounturi");
    QTest::newRow("trailing semicolon") << QByteArray("authority.example; accounturi=a:b;");
    QTest::newRow("a tag twice") << QByteArray("authority.example; accounturi=a:b; AccountUri=a:b");
    QTest::newRow("an unknown tag twice") << QByteArray("authority.example; accounturi=a:b; x=1; x=2");
    QTest::newRow("blank in a value") << QByteArray("authority.example; accounturi=a: b");
    QTest::newRow("another character set") << QByteArray("authority.example; accounturi=a:\xc3\xa4");
    QTest::newRow("a tag that is none") << QByteArray("authority.example; accounturi=a:b; a_b=1");
    QTest::newRow("persistUntil in words") << QByteArray("authority.example; accounturi=a:b; persistUntil=tomorrow");
    QTest::newRow("empty persistUntil") << QByteArray("authority.example; accounturi=a:b; persistUntil=");
    QTest::newRow("fraction") << QByteArray("authority.example; accounturi=a:b; persistUntil=1721952000.5");
    QTest::newRow("too large") << QByteArray("authority.example; accounturi=a:b; persistUntil=99999999999999999999");
}

void TestDnsRecords::refusesMalformedRecords()
{
    QFETCH(QByteArray, value);
    const auto read = DnsPersist01Record::parse(value);
    QVERIFY(!read);
    QCOMPARE(read.error().code(), ErrorCode::InvalidInput);
}

void TestDnsRecords::splitsLongValuesForZoneFiles()
{
    QCOMPARE(zoneFileLine(u"_validation-persist.a.example"_s, "a\"b\\c"),
             u"_validation-persist.a.example. 300 IN TXT \"a\\\"b\\\\c\""_s);
    const QString line = zoneFileLine(u"r.example"_s, QByteArray(256, 'x'));
    QVERIFY2(line.endsWith(u"TXT \"%1\" \"x\""_s.arg(QString(255, u'x'))), qPrintable(line));
}

void TestDnsRecords::hashesTheAccountAsDraft02Does()
{
    const DnsPersist01Terms terms {{u"authority.example"_s}, draftPrefix};
    QCOMPARE(persistentAccountUri(terms, draftAccount, u"example.com"_s), hashForExampleCom);
    QCOMPARE(persistentAccountUri(terms, draftAccount, QString::fromLatin1(AnyDomain)), hashForAnyDomain);
}

void TestDnsRecords::writesTheAccountsUrlForOlderAuthorities()
{
    const DnsPersist01Terms terms {{u"authority.example"_s}, {}};
    QCOMPARE(persistentAccountUri(terms, draftAccount, u"example.com"_s), draftAccount.url);
}

void TestDnsRecords::refusesMalformedChallenges_data()
{
    QTest::addColumn<QStringList>("issuers");
    QTest::addColumn<QString>("accountUri");
    QTest::addColumn<bool>("hashed");
    const QString ours = u"authority.example"_s;
    QTest::newRow("no issuer") << QStringList() << QString() << false;
    QTest::newRow("eleven issuers") << QStringList(11, ours) << QString() << false;
    QTest::newRow("capitals") << QStringList {u"Authority.example"_s} << QString() << false;
    QTest::newRow("a trailing dot") << QStringList {u"authority.example."_s} << QString() << false;
    QTest::newRow("no A-label") << QStringList {u"bücher.example"_s} << QString() << false;
    QTest::newRow("an address") << QStringList {u"192.0.2.1"_s} << QString() << false;
    QTest::newRow("no text") << QStringList {QString()} << QString() << false;
    QTest::newRow("254 characters") << QStringList {u"a."_s.repeated(126) + u"ab"_s} << QString() << false;
    QTest::newRow("somebody else's account") << QStringList {ours} << u"https://ca.example/acct/124"_s << false;
    QTest::newRow("without an issuer of the directory") << QStringList {u"other.example"_s} << QString() << true;
    QTest::newRow("beyond the directory's caaIdentities")
        << QStringList {ours, u"stranger.example"_s} << QString() << true;
}

void TestDnsRecords::refusesMalformedChallenges()
{
    QFETCH(QStringList, issuers);
    QFETCH(QString, accountUri);
    QFETCH(bool, hashed);
    DnsPersist01Directory directory;
    directory.caaIdentities = QStringList {u"authority.example"_s, u"other.example"_s};
    if (hashed) {
        directory.accountHashPrefix = draftPrefix;
        directory.issuerDomainNames = QStringList {u"authority.example"_s};
    }
    const auto terms = DnsPersist01Terms::of(directory, {issuers, accountUri}, draftAccount.url);
    QVERIFY(!terms);
    QCOMPARE(terms.error().code(), ErrorCode::Protocol);
}

void TestDnsRecords::takesBothDialectsOfAChallenge()
{
    const QStringList issuers {u"authority.example"_s};
    const auto older = DnsPersist01Terms::of({}, {issuers, draftAccount.url}, draftAccount.url);
    QVERIFY_RESULT(older);
    QVERIFY(!older->isHashed());
    const DnsPersist01Directory directory {draftPrefix, issuers, issuers};
    const auto newer = DnsPersist01Terms::of(directory, {issuers, {}}, draftAccount.url);
    QVERIFY_RESULT(newer);
    QVERIFY(newer->isHashed());
    QCOMPARE(DnsPersist01Terms::before(directory)->issuerNames, issuers);
    QCOMPARE(DnsPersist01Terms::before({{}, {}, issuers})->issuerNames, issuers);
    QCOMPARE(DnsPersist01Terms::before({draftPrefix, {}, issuers}).error().code(), ErrorCode::Protocol);
}

void TestDnsRecords::judgesRecords_data()
{
    QTest::addColumn<QList<QByteArray>>("values");
    QTest::addColumn<bool>("wildcard");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("words");
    const QByteArray plain = "authority.example; accounturi=https://ca.example/acct/123";
    const QByteArray ends = plain + "; persistUntil=1800000000";
    const QByteArray over = plain + "; persistUntil=1799999999";
    using Values = QList<QByteArray>;
    QTest::newRow("nothing") << Values {} << false << u"missing"_s << u"no such TXT"_s;
    QTest::newRow("a plain one") << Values {plain} << false << u"fits"_s << QString();
    QTest::newRow("the other issuer") << Values {"ca.example.net; accounturi=https://ca.example/acct/123"} << false
                                      << u"fits"_s << QString();
    QTest::newRow("an issuer that is written otherwise")
        << Values {"Authority.EXAMPLE.; accounturi=https://ca.example/acct/123"} << false << u"fits"_s << QString();
    QTest::newRow("until this second") << Values {ends} << false << u"fits"_s << QString();
    QTest::newRow("until the second before") << Values {over} << false << u"over"_s << u"2027-01-15T07:59:59Z"_s;
    QTest::newRow("for a wildcard") << Values {plain + "; policy=wildcard"} << true << u"fits"_s << QString();
    QTest::newRow("no policy for a wildcard") << Values {plain} << true << u"no-wildcard"_s << u"policy=wildcard"_s;
    QTest::newRow("another account") << Values {plain + "4"} << false << u"other-account"_s << u"acct/1234"_s;
    QTest::newRow("another case") << Values {"authority.example; accounturi=https://ca.example/acct/123/A"} << false
                                  << u"other-account"_s << u"acct/123/A"_s;
    QTest::newRow("another authority") << Values {"elsewhere.example; accounturi=https://ca.example/acct/123"} << false
                                       << u"other-issuer"_s << u"elsewhere.example"_s;
    QTest::newRow("malformed") << Values {plain + ";"} << false << u"malformed"_s << u"tag=value"_s;
    QTest::newRow("one of many") << Values {"elsewhere.example; accounturi=a:b", over, plain + "9", plain, "junk"}
                                 << false << u"fits"_s << QString();
}

void TestDnsRecords::judgesRecords()
{
    QFETCH(QList<QByteArray>, values);
    QFETCH(bool, wildcard);
    QFETCH(QString, verdict);
    QFETCH(QString, words);
    const DnsPersist01Finding finding = judgeDnsPersist01(values, demand(u"example.com"_s, wildcard));
    QCOMPARE(persistVerdictName(finding.verdict), verdict);
    QCOMPARE(finding.isUsable(), verdict == u"fits");
    QCOMPARE(finding.detail.isEmpty(), words.isEmpty());
    QVERIFY2(finding.detail.contains(words), qPrintable(finding.detail));
    QCOMPARE(finding.recordName, u"_validation-persist.example.com"_s);
}

void TestDnsRecords::judgesHashedRecords_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("for this domain") << hashForExampleCom << u"fits"_s;
    QTest::newRow("for any domain") << hashForAnyDomain << u"fits"_s;
    QTest::newRow("a key before") << draftPrefix + u"sha-256/AAAA"_s << u"other-key"_s;
    QTest::newRow("the account itself") << draftAccount.url << u"other-account"_s;
}

void TestDnsRecords::judgesHashedRecords()
{
    QFETCH(QString, uri);
    QFETCH(QString, verdict);
    const QByteArray value = "authority.example; accounturi=" + uri.toLatin1();
    const DnsPersist01Finding finding = judgeDnsPersist01({value}, hashedDemand(u"example.com"_s));
    QCOMPARE(persistVerdictName(finding.verdict), verdict);
    QCOMPARE(finding.isUsable(), verdict != u"other-account");
}

void TestDnsRecords::prefersTheRecordThatLastsLongest()
{
    const QByteArray plain = "authority.example; accounturi=https://ca.example/acct/123";
    const QByteArray shorter = plain + "; persistUntil=1800000001";
    const QByteArray longer = plain + "; persistUntil=1800000002";
    QCOMPARE(judgeDnsPersist01({shorter, longer, shorter}, demand(u"a.example"_s)).value, longer);
    QCOMPARE(judgeDnsPersist01({shorter, plain, longer}, demand(u"a.example"_s)).value, plain);
}

void TestDnsRecords::knowsItsVerdictsByName()
{
    for (const PersistVerdict verdict : {PersistVerdict::Fits, PersistVerdict::OtherKey, PersistVerdict::Missing})
        QCOMPARE(persistVerdictFromName(persistVerdictName(verdict)), verdict);
    QVERIFY(!persistVerdictFromName(u"perfect"));
}

void TestDnsRecords::warnsByFractionsOfTheLife()
{
    constexpr qint64 hour = 3600;
    for (const qint64 life : {3 * hour, 30 * 24 * hour, 10 * 365 * 24 * hour}) {
        const qint64 until = now.toSecsSinceEpoch() + life;
        QCOMPARE(persistLife(now, until, now.addSecs(life / 3 * 2 - 1)), PersistLife::Long);
        QCOMPARE(persistLife(now, until, now.addSecs(life / 3 * 2 + 1)), PersistLife::EndsSoon);
        QCOMPARE(persistLife(now, until, now.addSecs(life)), PersistLife::EndsSoon);
        QCOMPARE(persistLife(now, until, now.addSecs(life + 1)), PersistLife::Over);
    }
    QCOMPARE(persistLife(now, std::nullopt, now), PersistLife::Unlimited);
}

SEALWRIGHT_TEST(TestDnsRecords)

} // namespace tst_dns_records

#include "tst_dns_records.moc"

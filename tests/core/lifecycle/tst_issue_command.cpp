// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/issue_command.h"

#include "support/test_program.h"

#include <QTest>

namespace tst_issue_command {

using namespace Qt::StringLiterals;
using lifecycle::issueCommand;
using lifecycle::IssueRequest;

namespace {

IssueRequest wish(const QStringList& names)
{
    IssueRequest request;
    request.names = base::parseIdentifiers(names).value();
    request.proof = challenge::ProofSettings::http01Listening(u"0.0.0.0:80"_s);
    return request;
}

} // namespace

/// An order as a call of sealwright-cli; integration.order_care runs one.
class TestIssueCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsOrderedAndHowItIsProved()
    {
        QCOMPARE(issueCommand(wish({u"a.example"_s, u"192.0.2.7"_s}), u"Corp CA"_s),
                 u"sealwright-cli certificate issue a.example 192.0.2.7 --authority 'Corp CA' --challenge http-01 "
                 "--listen 0.0.0.0:80"_s);
        IssueRequest wild = wish({u"*.a.example"_s});
        wild.accountId = u"account-1"_s;
        wild.proof = {};
        wild.proof.challengeType = u"dns-01"_s;
        wild.proof.solverName = u"internal BIND"_s;
        QCOMPARE(issueCommand(wild, u"CA"_s),
                 u"sealwright-cli certificate issue '*.a.example' --authority CA --account account-1 --challenge "
                 "dns-01 --solver 'internal BIND'"_s);
    }

    void saysWhichHostHasTheWebroot()
    {
        IssueRequest request = wish({u"a.example"_s});
        request.proof = challenge::ProofSettings::http01Remote(u"anna@web-01:2222"_s, u"/var/www/html"_s);
        QVERIFY(issueCommand(request, u"CA"_s)
                    .endsWith(u"--challenge http-01 --webroot /var/www/html --webroot-host anna@web-01:2222"_s));
    }

    void saysTheWishes()
    {
        IssueRequest request = wish({u"a.example"_s});
        request.proof = challenge::ProofSettings::http01Webroot(u"/var/www/html"_s);
        request.keyType = crypto::KeyType::Rsa3072;
        request.keepKey = request.mustStaple = request.preauthorize = true;
        request.profile = u"short"_s;
        request.preferredChain = u"Corp Root X2"_s;
        request.lifetimeSeconds = 7 * 86400;
        request.tags = lifecycle::parseTags({u"web"_s, u"team payments"_s}).value();
        request = request.forOrder(QDateTime::fromSecsSinceEpoch(0));
        QCOMPARE(issueCommand(request, u"CA"_s),
                 u"sealwright-cli certificate issue a.example --authority CA --challenge http-01 --webroot "
                 "/var/www/html --key rsa-3072 --keep-key --must-staple --preauthorize --profile short "
                 "--preferred-chain 'Corp Root X2' --lifetime 7d --tag web --tag 'team payments'"_s);
    }

    void namesTheFileOfACertificateRequest()
    {
        IssueRequest request = wish({u"a.example"_s});
        request.csrDer = "der";
        request.reuseCsr = true;
        request.notAfter = QDateTime::fromSecsSinceEpoch(0, Qt::UTC);
        QCOMPARE(issueCommand(request, u"CA"_s),
                 u"sealwright-cli certificate issue --authority CA --challenge http-01 --listen 0.0.0.0:80 --csr FILE "
                 "--csr-reuse --not-after 1970-01-01T00:00:00Z"_s);
    }
};

SEALWRIGHT_TEST(TestIssueCommand)

} // namespace tst_issue_command

#include "tst_issue_command.moc"

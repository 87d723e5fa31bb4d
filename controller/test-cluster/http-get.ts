import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'

export interface Answer {
  status: number
  body: string
}

/** GET on the loopback, where nobody's certificate is known to Node. */
export async function httpGet(url: string, timeoutMs = 5000): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const request = url.startsWith('https:')
    ? requestHttps(url, { rejectUnauthorized: false, timeout: timeoutMs })
    : requestHttp(url, { timeout: timeoutMs })
  request.once('timeout', () => {
    request.destroy(new Error(`${url} did not answer within ${timeoutMs} ms`))
  })
  request.once('error', reject)
  request.once('response', (response) => {
    let body = ''
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      body += text
    })
    response.once('error', reject)
    response.once('end', () => {
      resolve({ status: response.statusCode ?? 0, body })
    })
  })
  request.end()
  return promise
}

export async function answersOk(url: string): Promise<boolean> {
  const answer = await httpGet(url, 2000)
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
  return true
}
